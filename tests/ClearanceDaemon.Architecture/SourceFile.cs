using System.Text.RegularExpressions;

namespace ClearanceDaemon.Architecture;

/// <summary>One file of the tree: its path from the root and its lines, with and without comments.</summary>
internal sealed class SourceFile
{
    private static readonly Regex Comment = new(@"(^\s*|\s)//.*$", RegexOptions.CultureInvariant);

    public SourceFile(string root, string path)
    {
        Path = path;
        Lines = File.ReadAllLines(System.IO.Path.Combine(root, path));
    }

    /// <summary>From the root, with <c>/</c>.</summary>
    public string Path { get; }

    public string[] Lines { get; }

    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The name without <c>.cs</c> and without a suffix such as <c>.Linux</c>.</summary>
    public string Stem => Name[..Name.IndexOf('.', StringComparison.Ordinal)];

    public string[] Folders => Path.Split('/')[..^1];

    public bool IsIn(string folder) => Path.StartsWith(folder + "/", StringComparison.Ordinal);

    /// <summary>True for <c>X.Linux.cs</c> and <c>X.MacOS.cs</c>.</summary>
    public bool IsPlatform => Name.EndsWith(".Linux.cs", StringComparison.Ordinal) || Name.EndsWith(".MacOS.cs", StringComparison.Ordinal);

    /// <summary>The lines with their numbers, comments blanked: a rule is about what the code does, not what it mentions.</summary>
    public IEnumerable<(int Number, string Text)> Code() => Lines.Select(static (line, index) => (index + 1, Comment.Replace(line, "")));

    /// <summary>Where a pattern occurs in the code, as <c>path:line: text</c>.</summary>
    public IEnumerable<string> Find(Regex pattern) =>
        Code().Where(line => pattern.IsMatch(line.Text)).Select(line => $"{Path}:{line.Number}: {line.Text.Trim()}");

    public override string ToString() => Path;
}
