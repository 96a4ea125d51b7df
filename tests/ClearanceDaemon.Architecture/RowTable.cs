using System.Text.RegularExpressions;

namespace ClearanceDaemon.Architecture;

/// <summary>Reads tests/ROWS.md, and the row tests that the sources declare.</summary>
internal static class RowTable
{
    public const string Path = "tests/ROWS.md";

    private static readonly Regex Line = new(@"^\| B(?<row>\d\d) \| (?<words>[^|]+) \| (?<tests>[^|]+) \|$", RegexOptions.CultureInvariant);
    private static readonly Regex Listed = new(@"^`(?<test>\w+\.\w+)` \((?<file>[\w./]+)\)$", RegexOptions.CultureInvariant);
    private static readonly Regex Class = new(@"\bclass (?<name>\w+)", RegexOptions.CultureInvariant);
    private static readonly Regex Method = new(@"\b(?:void|Task|ValueTask) (?<name>\w+)\(", RegexOptions.CultureInvariant);
    private static readonly Regex Prefix = new(@"\GB(?<row>\d\d)_", RegexOptions.CultureInvariant);

    public static IReadOnlyList<RowLine> Read() => Parse(File.ReadLines(System.IO.Path.Combine(SourceTree.Root, Path)));

    public static RowLine[] Parse(IEnumerable<string> lines) =>
    [
        .. lines.Select(static line => Line.Match(line)).Where(static match => match.Success).Select(static match => new RowLine(
            int.Parse(match.Groups["row"].Value), match.Groups["words"].Value, match.Groups["tests"].Value.Split("<br>"))),
    ];

    /// <summary>The test and file of a cell's entry; null for words such as <c>issue 3: not built yet</c>.</summary>
    public static RowTest? TestOf(string entry) =>
        Listed.Match(entry) is { Success: true } match ? new(match.Groups["test"].Value, match.Groups["file"].Value) : null;

    /// <summary>Every method of the tests, with the file below tests/ that declares it.</summary>
    public static IEnumerable<RowTest> Methods() => SourceTree.Tests.SelectMany(MethodsOf);

    /// <summary>The rows that a name such as <c>B02_B03_other_threads</c> is for.</summary>
    public static IEnumerable<int> RowsOf(string method)
    {
        for (var at = Prefix.Match(method); at.Success; at = Prefix.Match(method, at.Index + at.Length))
        {
            yield return int.Parse(at.Groups["row"].Value);
        }
    }

    private static IEnumerable<RowTest> MethodsOf(SourceFile file)
    {
        var type = "";
        foreach (var (_, text) in file.Code())
        {
            if (Class.Match(text) is { Success: true } opened && !text.Contains('"', StringComparison.Ordinal))
            {
                type = opened.Groups["name"].Value;
            }

            if (Method.Match(text) is { Success: true } method)
            {
                yield return new($"{type}.{method.Groups["name"].Value}", file.Path["tests/".Length..]);
            }
        }
    }
}
