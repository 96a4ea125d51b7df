namespace ClearanceDaemon.Architecture;

/// <summary>How long files are, and how many lines test them.</summary>
public sealed class SizeTests
{
    /// <summary>A file one can still read in one go.</summary>
    private const int MaxLines = 400;

    private const int MaxMedian = 80;
    private const int MaxNinetyFifth = 300;

    /// <summary>Lines of tests for each line of what ships. Between the floor and the aim the test is skipped loudly; raise the floor as it grows.</summary>
    private const double Aim = 1.0;
    private const double Floor = 0.85;

    /// <summary>Longer files, each with its reason and its own ceiling.</summary>
    private static readonly Dictionary<string, (int Lines, string Reason)> Exempt = new(StringComparer.Ordinal)
    {
    };

    [Fact]
    public void No_file_is_longer_than_400_lines() => House.Holds(
        SourceTree.Product.Concat(SourceTree.Tests).Where(static file => file.Lines.Length > Limit(file)).Select(static file => $"{file}: {file.Lines.Length} lines of {Limit(file)}"),
        "a file is read whole or not at all.",
        "find the second responsibility in it and give that a type; an exemption needs a reason in SizeTests.Exempt.");

    [Fact]
    public void Exemptions_are_still_needed() => Assert.All(
        Exempt.Keys,
        static path => Assert.True(
            SourceTree.Product.Any(file => file.Path == path && file.Lines.Length > MaxLines), $"{path} is short enough or gone: take it off SizeTests.Exempt."));

    [Fact]
    public void Files_are_short_in_the_middle_and_at_the_end()
    {
        var lengths = SourceTree.Product.Select(static file => file.Lines.Length).Order().ToArray();
        Assert.True(lengths[lengths.Length / 2] <= MaxMedian, $"The median file of src has {lengths[lengths.Length / 2]} lines, more than {MaxMedian}: split what grew.");
        Assert.True(lengths[lengths.Length * 95 / 100] <= MaxNinetyFifth, $"One file of src in twenty has more than {MaxNinetyFifth} lines: split what grew.");
    }

    [Fact]
    public void Tests_are_as_long_as_what_they_test()
    {
        var product = SourceTree.Product.Sum(static file => file.Lines.Length);
        var tests = SourceTree.Tests.Sum(static file => file.Lines.Length);
        var told = $"{tests} lines of tests for {product} lines of src ({(double)tests / product:0.00}; without blank lines and comments "
            + $"{(double)SourceTree.Tests.Sum(CodeLines) / SourceTree.Product.Sum(CodeLines):0.00})";
        Assert.True(tests >= Floor * product, $"{told}: fewer than the floor of {Floor:0.00}. What came in untested lately? Test it before anything else comes in.");
        Assert.SkipUnless(tests >= Aim * product, $"{told}: the house rule is {Aim:0.0}, {product - tests} lines to go");
    }

    private static int Limit(SourceFile file) => Exempt.TryGetValue(file.Path, out var exempt) ? exempt.Lines : MaxLines;

    private static int CodeLines(SourceFile file) => file.Code().Count(static line => line.Text.AsSpan().Trim().Length > 0);
}
