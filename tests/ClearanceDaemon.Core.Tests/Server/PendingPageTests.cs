namespace ClearanceDaemon.Core.Tests.Server;

/// <summary><c>clearance.pending</c>: what waits, page by page, each line within the operator's cap.</summary>
public sealed class PendingPageTests : IDisposable
{
    private readonly TestDaemon _daemon = new();

    public void Dispose() => _daemon.Dispose();

    [Fact]
    public void Nothing_waits_at_first_and_there_is_no_next_page()
    {
        var page = _daemon.OperatorCall("clearance.pending");
        Assert.Equal(0, page.GetProperty("items").GetArrayLength());
        Assert.False(page.TryGetProperty("next", out _));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(100)]
    public void Every_ask_is_on_exactly_one_page_oldest_first(int limit)
    {
        using var asking = new Asking(_daemon);
        var ids = Enumerable.Range(0, 7).Select(i => asking.AskId($$"""{"action":"demo.wait","resource":"{{i}}"}""")).ToArray();
        Assert.Equal(ids, Pages(limit).SelectMany(static page => page.Items));
        Assert.All(Pages(limit).SkipLast(1), page => Assert.Equal(limit, page.Items.Length));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("\u007f")]
    [InlineData("\\\"")]
    [InlineData("\\u0001")]
    [InlineData("\u2028")]
    [InlineData("€")]
    public void Pages_of_the_longest_asks_fit_the_line(string filler)
    {
        using var asking = new Asking(_daemon);
        var bytes = System.Text.Encoding.UTF8.GetByteCount(filler);
        var ids = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            var argument = string.Concat(Enumerable.Repeat(filler, 60_000 / bytes));
            ids.Add(asking.AskId($$"""{"action":"demo.wait","resource":"{{i}}","argv":["{{argument}}"]}"""));
        }

        Assert.Equal(ids, Pages(100).SelectMany(static page => page.Items));
        Assert.All(Pages(100), static page => Assert.InRange(page.Bytes, 1, 1024 * 1024));
    }

    [Theory]
    [InlineData("""{"limit":0}""")]
    [InlineData("""{"limit":101}""")]
    [InlineData("""{"limit":-1}""")]
    [InlineData("""{"after":"1"}""")]
    [InlineData("""{"more":1}""")]
    public void Parameters_that_do_not_fit_are_refused(string parameters) =>
        Assert.Equal("invalid_params", Asking.Essence(_daemon.OperatorCall("clearance.pending", parameters)));

    [Fact]
    public void What_is_asked_what_is_claimed_and_who_asks_stand_apart()
    {
        using var asking = new Asking(_daemon, "claude");
        asking.Ask("""{"action":"demo.wait","resource":"r","details":{"a":1},"argv":["x"],"title":"t","reason":"why","project":"/p","as":"self"}""");
        var item = _daemon.OperatorCall("clearance.pending").GetProperty("items")[0];
        Assert.Equal("""{"action":"demo.wait","resource":"r","details":{"a":1},"argv":["x"],"as":"self"}""", item.GetProperty("ask").GetRawText());
        Assert.Equal("""{"title":"t","reason":"why","project":"/p"}""", item.GetProperty("claimed").GetRawText());
        Assert.Equal($"claude {Environment.ProcessId}", $"{item.GetProperty("verified").GetProperty("via")} {item.GetProperty("verified").GetProperty("pid")}");
        Assert.Equal($"self {Environment.ProcessId}", $"{item.GetProperty("observed").GetProperty("principal")} {item.GetProperty("observed").GetProperty("pid")}");
        Assert.Equal("wait", item.GetProperty("rule").GetString());
    }

    private List<(string[] Items, int Bytes)> Pages(int limit)
    {
        var pages = new List<(string[], int)>();
        for (long? next = 0; next is { } after;)
        {
            var page = _daemon.OperatorCall("clearance.pending", $$"""{"after":{{after}},"limit":{{limit}}}""");
            pages.Add(([.. page.GetProperty("items").EnumerateArray().Select(static item => item.GetProperty("id").GetString()!)], System.Text.Encoding.UTF8.GetByteCount(page.GetRawText())));
            next = page.TryGetProperty("next", out var more) ? more.GetInt64() : null;
        }

        return pages;
    }
}
