using System.Globalization;
using System.Text;

namespace ClearanceDaemon.Protocol.Tests;

public sealed class TimestampTests
{
    [Theory]
    [InlineData(0, "1970-01-01T00:00:00.000Z")]
    [InlineData(-1, "1969-12-31T23:59:59.999Z")]
    [InlineData(951_782_400_000, "2000-02-29T00:00:00.000Z")]
    [InlineData(1_795_215_200_123, "2026-11-20T22:53:20.123Z")]
    [InlineData(-62_135_596_800_000, "0001-01-01T00:00:00.000Z")]
    [InlineData(253_402_300_799_999, "9999-12-31T23:59:59.999Z")]
    public void A_time_is_written_and_read(long unixMilliseconds, string text)
    {
        Assert.Equal(text, Timestamp.Format(unixMilliseconds));
        Assert.True(Timestamp.TryParse(text, out var read));
        Assert.Equal(unixMilliseconds, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-11-20T22:53:20Z")]
    [InlineData("2026-11-20T22:53:20.12Z")]
    [InlineData("2026-11-20T22:53:20.1234Z")]
    [InlineData("2026-11-20T22:53:20.123+00:00")]
    [InlineData("2026-11-20T22:53:20.123z")]
    [InlineData("2026-11-20t22:53:20.123Z")]
    [InlineData("2026-11-20 22:53:20.123Z")]
    [InlineData("2026-11-20T22:53:20,123Z")]
    [InlineData("0000-01-01T00:00:00.000Z")]
    [InlineData("2026-00-20T22:53:20.123Z")]
    [InlineData("2026-13-20T22:53:20.123Z")]
    [InlineData("2026-11-00T22:53:20.123Z")]
    [InlineData("2026-11-31T22:53:20.123Z")]
    [InlineData("2026-02-29T22:53:20.123Z")]
    [InlineData("2026-11-20T24:00:00.000Z")]
    [InlineData("2026-11-20T22:60:20.123Z")]
    [InlineData("2026-11-20T22:53:60.123Z")]
    [InlineData("+026-11-20T22:53:20.123Z")]
    public void Anything_else_is_none(string text)
    {
        Assert.False(Timestamp.TryParse(text, out _));
        Assert.False(Timestamp.TryParse(Encoding.UTF8.GetBytes(text), out _));
    }

    [Fact]
    public void It_agrees_with_the_base_library()
    {
        var random = new Random(2);
        for (var i = 0; i < 20_000; i++)
        {
            var time = random.NextInt64(-62_135_596_800_000, 253_402_300_799_999);
            var expected = DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            Assert.Equal(expected, Timestamp.Format(time));
            Assert.True(Timestamp.TryParse(expected, out var read));
            Assert.Equal(time, read);
        }
    }

    [Fact]
    public void What_has_no_four_digit_year_is_not_written()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Timestamp.Format(253_402_300_800_000));
        Assert.Throws<ArgumentOutOfRangeException>(() => Timestamp.Format(-62_135_596_800_001));
    }
}
