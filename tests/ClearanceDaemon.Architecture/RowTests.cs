namespace ClearanceDaemon.Architecture;

/// <summary>tests/ROWS.md tells the truth about which bug of the field has which test.</summary>
public sealed class RowTests
{
    private const int Rows = 77;

    /// <summary>The rows that must have tests: by now all of them.</summary>
    private static readonly int[] Demanded = [.. Enumerable.Range(1, Rows)];

    [Fact]
    public void Every_row_has_one_line_in_order() =>
        Assert.Equal(Enumerable.Range(1, Rows), RowTable.Read().Select(static line => line.Row));

    [Fact]
    public void Every_row_test_is_listed()
    {
        var lines = RowTable.Read().ToDictionary(static line => line.Row, static line => line.Entries);
        House.Holds(
            RowTable.Methods().SelectMany(test => RowTable.RowsOf(test.Method).Where(row => !lines[row].Contains(test.ToString())).Select(row => $"B{row:00} lacks {test}")),
            "the table is how anyone sees which bugs are kept out, and by what.",
            $"add the text after `lacks` to that row of {RowTable.Path}; <br> stands between two tests.");
    }

    [Fact]
    public void Every_listed_test_exists()
    {
        var known = RowTable.Methods().ToHashSet();
        House.Holds(
            RowTable.Read().SelectMany(line => line.Entries.Where(entry => RowTable.TestOf(entry) is { } test && !known.Contains(test)).Select(entry => $"B{line.Row:00} lists {entry}")),
            "a row that lists a test which is gone is a row that nobody keeps.",
            $"find the test's new name, or write it again; then change {RowTable.Path}.");
    }

    [Fact]
    public void Every_demanded_row_has_a_test() => House.Holds(
        RowTable.Read().Where(static line => Demanded.Contains(line.Row) && !line.Entries.Any(static entry => RowTable.TestOf(entry) is not null))
            .Select(static line => $"B{line.Row:00} ({line.Words}) has no test: {string.Join(", ", line.Entries)}"),
        "what the row is about is built, and somebody else's program had this bug.",
        "write the test, named after the row, beside the tests of the part that it is about.");

    [Fact]
    public void What_is_not_a_test_says_when_or_why() => House.Holds(
        RowTable.Read().SelectMany(static line => line.Entries
            .Where(static entry => RowTable.TestOf(entry) is null && !IsExcuse(entry))
            .Select(entry => $"B{line.Row:00}: {entry}")),
        "an empty promise in the table reads like a test.",
        "name a test as `Class.Method` (file), or say `issue N: not built yet` or `cannot be tested on Linux: why`.");

    [Fact]
    public void A_row_that_is_built_has_no_promise_beside_its_tests() => House.Holds(
        RowTable.Read().Where(static line => line.Entries.Length > 1 && line.Entries.Any(static entry => entry.EndsWith("not built yet", StringComparison.Ordinal)))
            .Select(static line => $"B{line.Row:00}"),
        "a row either has its tests or waits for them.",
        "take `not built yet` out of the row.");

    [Fact]
    public void The_table_is_read_as_it_is_written()
    {
        var line = Assert.Single(RowTable.Parse(["| row | what | tests |", "|---|---|---|", "| B02 | two things | `A.B02_x` (P/A.cs)<br>issue 3: not built yet |"]));
        Assert.Equal((2, "two things"), (line.Row, line.Words));
        Assert.Equal(new RowTest("A.B02_x", "P/A.cs"), RowTable.TestOf(line.Entries[0]));
        Assert.Null(RowTable.TestOf(line.Entries[1]));
    }

    [Theory]
    [InlineData("B02_x", new[] { 2 })]
    [InlineData("B02_B03_x", new[] { 2, 3 })]
    [InlineData("Not_B02", new int[0])]
    [InlineData("Plain", new int[0])]
    public void A_name_tells_its_rows(string method, int[] rows) => Assert.Equal(rows, RowTable.RowsOf(method));

    private static bool IsExcuse(string entry) =>
        (entry.StartsWith("issue ", StringComparison.Ordinal) && entry.EndsWith(": not built yet", StringComparison.Ordinal) && entry.Length == "issue 3: not built yet".Length)
        || (entry.StartsWith("cannot be tested on Linux: ", StringComparison.Ordinal) && entry.Length > "cannot be tested on Linux: ".Length);
}
