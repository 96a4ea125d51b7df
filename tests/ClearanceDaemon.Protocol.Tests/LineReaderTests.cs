using System.Text;

namespace ClearanceDaemon.Protocol.Tests;

public sealed class LineReaderTests
{
    [Theory]
    [InlineData("abc\nrest", 3, 4)]
    [InlineData("abc\r\nrest", 3, 5)]
    [InlineData("\n", 0, 1)]
    [InlineData("\r\n", 0, 2)]
    [InlineData("\r\r\n", 1, 3)]
    [InlineData("a\rb\n", 3, 4)]
    public void A_line_ends_with_LF_and_loses_one_CR(string received, int length, int consumed)
    {
        Assert.Equal(LineStatus.Line, Next(received, 0, 100, out var actualLength, out var actualConsumed));
        Assert.Equal((length, consumed), (actualLength, actualConsumed));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("abc\r")]
    public void Without_LF_more_is_needed(string received) => Assert.Equal(LineStatus.Incomplete, Next(received, 0, 100, out _, out _));

    [Fact]
    public void Bytes_already_scanned_are_not_looked_at_again()
    {
        // The LF in front of `scanned` is ignored: that is the caller's promise at work.
        Assert.Equal(LineStatus.Line, Next("a\nb\n", 2, 100, out var length, out var consumed));
        Assert.Equal((3, 4), (length, consumed));
        Assert.Equal(LineStatus.Incomplete, Next("a\nb", 3, 100, out _, out _));
    }

    [Theory]
    [InlineData("1234\n")]
    [InlineData("1234\r\n")]
    public void B32_a_line_of_exactly_the_cap_is_a_line(string received)
    {
        Assert.Equal(LineStatus.Line, Next(received, 0, 4, out var length, out _));
        Assert.Equal(4, length);
    }

    [Theory]
    [InlineData("12345\n")]
    [InlineData("12345\r\n")]
    [InlineData("1234\r\r\n")]
    public void B32_one_byte_over_the_cap_is_too_long(string received) => Assert.Equal(LineStatus.TooLong, Next(received, 0, 4, out _, out _));

    [Theory]
    [InlineData("1234", LineStatus.Incomplete)]
    [InlineData("1234\r", LineStatus.Incomplete)]
    [InlineData("12345", LineStatus.TooLong)]
    [InlineData("1234\rx", LineStatus.TooLong)]
    [InlineData("12345\r", LineStatus.TooLong)]
    public void B31_a_line_without_an_end_is_too_long_as_soon_as_it_cannot_become_good(string received, LineStatus expected) =>
        Assert.Equal(expected, Next(received, received.Length, 4, out _, out _));

    [Fact]
    public void B31_a_stream_without_LF_is_stopped_within_two_bytes_of_the_cap()
    {
        var buffer = new byte[ProtocolLimits.AskLineBytes + 2];
        buffer.AsSpan().Fill((byte)'a');
        var scanned = 0;
        for (var length = 0; ; length++)
        {
            if (LineReader.Next(buffer.AsSpan(0, length), scanned, ProtocolLimits.AskLineBytes, out _, out _) == LineStatus.TooLong)
            {
                Assert.Equal(ProtocolLimits.AskLineBytes + 1, length);
                return;
            }

            scanned = length;
        }
    }

    [Fact]
    public void Lines_that_trickle_in_byte_by_byte_are_the_lines_that_were_sent()
    {
        var sent = Encoding.UTF8.GetBytes("one\ntwo\r\n\nthree\n");
        var lines = new List<string>();
        int start = 0, scanned = 0;
        for (var end = 0; end <= sent.Length; end++)
        {
            while (LineReader.Next(sent.AsSpan(start, end - start), scanned, 8, out var length, out var consumed) == LineStatus.Line)
            {
                lines.Add(Encoding.UTF8.GetString(sent, start, length));
                start += consumed;
                scanned = 0;
            }

            scanned = end - start;
        }

        Assert.Equal(["one", "two", "", "three"], lines);
        Assert.Equal(sent.Length, start);
    }

    private static LineStatus Next(string received, int scanned, int cap, out int length, out int consumed) =>
        LineReader.Next(Encoding.UTF8.GetBytes(received), scanned, cap, out length, out consumed);
}
