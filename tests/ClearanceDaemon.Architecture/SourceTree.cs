using System.Text.RegularExpressions;

namespace ClearanceDaemon.Architecture;

/// <summary>The files of the checkout these tests were built from, without what a build leaves behind.</summary>
internal static class SourceTree
{
    private static readonly string[] Skipped = ["bin", "obj", "artifacts", "TestResults", ".git"];

    public static string Root { get; } = FindRoot();

    /// <summary>Every file, as a path from the root.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Walk("").Order(StringComparer.Ordinal)];

    /// <summary>The C# files of what ships.</summary>
    public static IReadOnlyList<SourceFile> Product { get; } = CSharp("src/");

    /// <summary>The C# files of the tests.</summary>
    public static IReadOnlyList<SourceFile> Tests { get; } = CSharp("tests/");

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static bool Has(string path) => File.Exists(Path.Combine(Root, path));

    /// <summary>Every place of a pattern in the product, except in the files that may hold it.</summary>
    public static IEnumerable<string> Outside(Regex pattern, Func<SourceFile, bool> isHome) =>
        Product.Where(file => !isHome(file)).SelectMany(file => file.Find(pattern));

    private static SourceFile[] CSharp(string folder) =>
        [.. All.Where(path => path.StartsWith(folder, StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal)).Select(path => new SourceFile(Root, path))];

    private static IEnumerable<string> Walk(string folder)
    {
        var directory = new DirectoryInfo(Path.Combine(Root, folder));
        foreach (var entry in directory.EnumerateFileSystemInfos().Where(static entry => !Skipped.Contains(entry.Name)))
        {
            var path = folder.Length == 0 ? entry.Name : $"{folder}/{entry.Name}";
            if (entry.LinkTarget is not null)
            {
                continue;
            }

            if (entry is FileInfo)
            {
                yield return path;
                continue;
            }

            foreach (var below in Walk(path))
            {
                yield return below;
            }
        }
    }

    private static string FindRoot()
    {
        for (var at = AppContext.BaseDirectory; at is not null; at = Path.GetDirectoryName(at))
        {
            if (File.Exists(Path.Combine(at, "ClearanceDaemon.sln")))
            {
                return at;
            }
        }

        throw new InvalidOperationException($"No ClearanceDaemon.sln above {AppContext.BaseDirectory}: run these tests from where they were built.");
    }
}
