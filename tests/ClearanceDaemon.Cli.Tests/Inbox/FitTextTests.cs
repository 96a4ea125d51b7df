using ClearanceDaemon.Cli.Inbox;
using ClearanceDaemon.Cli.Output;

namespace ClearanceDaemon.Cli.Tests.Inbox;

/// <summary>Cutting, wrapping and measuring: nothing is hidden without saying so, and nothing is wider than its place.</summary>
public sealed class FitTextTests
{
    private const string Wide = "日本語のテスト";

    [Theory]
    [InlineData("plain", 5)]
    [InlineData(Wide, 14)]
    [InlineData("😀✅⚡", 6)]
    [InlineData("e\u0301", 1)]
    [InlineData("✓×…", 4)]
    [InlineData("한글", 4)]
    public void ColumnsAreThoseOfATerminal(string text, int columns) => Assert.Equal(columns, FitText.Columns(text));

    [Theory]
    [InlineData("short", 5, "short")]
    [InlineData("", 3, "")]
    [InlineData("a long text that ends with rm -rf /", 34, "a long text… 35 B, ends h rm -rf /")]
    [InlineData("a long text that ends with rm -rf /", 21, "a lo… 35 B, ends rf /")]
    [InlineData("a long text that ends with rm -rf /", 12, "a long …35 B")]
    [InlineData("a long text that ends with rm -rf /", 3, "a …")]
    [InlineData("anything", 1, "…")]
    [InlineData("anything", 0, "")]
    public void ACutShowsLengthAndTail(string text, int columns, string shown) => Assert.Equal(shown, FitText.To(text, columns).ToString());

    [Fact]
    public void TheLengthIsInBytes() => Assert.Contains("… 300 B, ends", FitText.To(string.Concat(Enumerable.Repeat("語", 100)), 40).ToString());

    [Theory]
    [InlineData(Wide)]
    [InlineData("aa\u202e日\e[2Jbb😀cc")]
    [InlineData("e\u0301e\u0301e\u0301e\u0301e\u0301")]
    public void NoCutIsWiderThanItsPlace(string text)
    {
        for (var columns = 0; columns < 60; columns++)
        {
            Assert.True(FitText.Columns(FitText.To(text, columns).ToString()) <= columns, $"{columns}");
        }
    }

    [Theory]
    [InlineData("", 10)]
    [InlineData("abcdefghijklmnopqrstuvwxyz", 5)]
    [InlineData(Wide, 5)]
    [InlineData("e\u0301e\u0301e\u0301", 2)]
    [InlineData("   blanks   stay   ", 4)]
    [InlineData("a\u202eb\e[2J", 3)]
    public void WrappingLosesNothing(string text, int columns)
    {
        var lines = WrapText.Lines(text, columns);
        Assert.Equal(ClearanceDaemon.Protocol.DisplayText.Clean(text).Text, string.Concat(lines));
        Assert.All(lines, line => Assert.True(FitText.Columns(line.ToString()) <= columns, line.ToString()));
    }

    [Fact]
    public void ARowIsNeverWiderThanItsScreen()
    {
        var row = new InboxRow(10).Add($"12345").Add(SafeText.Of($"{Wide}")).Add($"more").PadTo(40);
        Assert.Equal((10, 0), (row.Columns, row.Room));
        Assert.Equal(10, FitText.Columns(row.ToString()));
        Assert.Equal("ab   c", new InboxRow(10).Add($"ab").PadTo(5).PadTo(3).Add($"c").ToString());
    }

    [Theory]
    [InlineData("", "\"\"")]
    [InlineData(" a", "\" a\"")]
    [InlineData("a ", "\"a \"")]
    [InlineData("a b", "a b")]
    [InlineData("\"\"", "\"\"\"\"")]
    public void ValuesThatCouldBeMistakenStandInQuotes(string text, string shown) => Assert.Equal(shown, DetailValue.Of(text));

    [Theory]
    [InlineData("true", "true")]
    [InlineData("\"true\"", "\"true\"")]
    [InlineData("3", "3")]
    [InlineData("\"3\"", "\"3\"")]
    [InlineData("\"-1e5\"", "\"-1e5\"")]
    [InlineData("\"web1\"", "web1")]
    [InlineData("\"\"", "\"\"")]
    [InlineData("\"\\ud800\"", "\"\\ud800\"")]
    public void DetailsShowTheirKind(string json, string shown) => Assert.Equal(shown, DetailValue.Of(System.Text.Json.JsonDocument.Parse(json).RootElement));

    [Theory]
    [InlineData(-5, "0s")]
    [InlineData(99_999, "99s")]
    [InlineData(100_000, "1m")]
    [InlineData(5_999_999, "99m")]
    [InlineData(6_000_000, "1h")]
    [InlineData(360_000_000, "4d")]
    [InlineData(long.MaxValue, "999d")]
    public void TimesFitFourColumns(long milliseconds, string shown) => Assert.Equal(shown, TimeBar.Short(milliseconds));
}
