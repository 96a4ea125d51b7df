using System.Text;

namespace ClearanceDaemon.Protocol.Tests;

public sealed class DurationTests
{
    [Theory]
    [InlineData("0s", 0)]
    [InlineData("0d", 0)]
    [InlineData("1ms", 1)]
    [InlineData("250ms", 250)]
    [InlineData("90s", 90_000)]
    [InlineData("5m", 300_000)]
    [InlineData("2h", 7_200_000)]
    [InlineData("366d", 31_622_400_000)]
    [InlineData("8784h", 31_622_400_000)]
    [InlineData("999999999ms", 999_999_999)]
    public void A_duration_is_read(string text, long milliseconds)
    {
        Assert.True(Duration.TryParse(text, out var value));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), value);
        Assert.True(Duration.TryParse(Encoding.UTF8.GetBytes(text), out value));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("5")]
    [InlineData("05s")]
    [InlineData("00s")]
    [InlineData("-5s")]
    [InlineData("+5s")]
    [InlineData("1.5h")]
    [InlineData("5 s")]
    [InlineData(" 5s")]
    [InlineData("5s ")]
    [InlineData("5s\n")]
    [InlineData("5S")]
    [InlineData("5M")]
    [InlineData("5w")]
    [InlineData("5us")]
    [InlineData("5mss")]
    [InlineData("1h30m")]
    [InlineData("٣s")]
    [InlineData("1234567890ms")]
    [InlineData("0000000000s")]
    public void Anything_else_is_none(string text) => Assert.False(Duration.TryParse(text, out _));

    [Theory]
    [InlineData("366d", "367d")]
    [InlineData("8784h", "8785h")]
    [InlineData("527040m", "527041m")]
    [InlineData("31622400s", "31622401s")]
    public void The_longest_is_366_days(string longest, string over)
    {
        Assert.True(Duration.TryParse(longest, out var value));
        Assert.Equal(Duration.Max, value);
        Assert.False(Duration.TryParse(over, out _));
    }

    [Fact]
    public void No_text_is_no_duration() => Assert.False(Duration.TryParse((string?)null, out _));

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(1, "1ms")]
    [InlineData(1000, "1s")]
    [InlineData(1500, "1500ms")]
    [InlineData(60_000, "1m")]
    [InlineData(90_000, "90s")]
    [InlineData(5_400_000, "90m")]
    [InlineData(3_600_000, "1h")]
    [InlineData(86_400_000, "1d")]
    [InlineData(31_622_400_000, "366d")]
    public void Written_it_has_the_largest_exact_unit(long milliseconds, string text) =>
        Assert.Equal(text, Duration.Format(TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public void Part_of_a_millisecond_counts_as_one() => Assert.Equal("1ms", Duration.Format(TimeSpan.FromTicks(1)));

    [Fact]
    public void What_is_no_duration_is_not_written()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Duration.Format(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Duration.Format(Duration.Max + TimeSpan.FromTicks(1)));
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        var random = new Random(1);
        for (var i = 0; i < 10_000; i++)
        {
            // Spread over all magnitudes. What does not fit nine digits of milliseconds is not exact, so keep to what is.
            var value = TimeSpan.FromMilliseconds(random.NextInt64(1_000_000_000) >> random.Next(30));
            Assert.True(Duration.TryParse(Duration.Format(value), out var read));
            Assert.Equal(value, read);
        }
    }
}
