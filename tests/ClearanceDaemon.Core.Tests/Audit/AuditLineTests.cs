using System.Text;
using ClearanceDaemon.Core.Audit;

namespace ClearanceDaemon.Core.Tests.Audit;

public sealed class AuditLineTests
{
    private const string Time = "2026-11-20T22:55:00.123Z";
    private static readonly string Hash = new('a', 64);

    [Theory]
    [InlineData("")]
    [InlineData(",\"action\":\"x\"")]
    [InlineData(",\"action\":\"\\\",\\\"kind\\\":\\\"alarm\",\"details\":{\"prev\":\"x\"}")]
    public void A_record_is_taken_apart_whatever_its_members_say(string members)
    {
        var text = Line("12", "ask", members, Hash);
        Assert.True(AuditLine.TryParse(text, out var line));
        Assert.Equal((12, "ask", Hash), (line.Seq, Encoding.ASCII.GetString(line.Kind), Encoding.ASCII.GetString(line.Prev)));
    }

    [Fact]
    public void The_highest_number_is_read()
    {
        Assert.True(AuditLine.TryParse(Line("9223372036854775807", "ask", string.Empty, Hash), out var line));
        Assert.Equal(long.MaxValue, line.Seq);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("01")]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData(" 1")]
    [InlineData("")]
    [InlineData("9223372036854775808")]
    public void A_number_that_we_never_write_is_refused(string seq) =>
        Assert.False(AuditLine.TryParse(Line(seq, "ask", string.Empty, Hash), out _));

    [Fact]
    public void A_prev_that_is_no_hash_is_refused()
    {
        Assert.False(AuditLine.TryParse(Line("1", "ask", string.Empty, new string('A', 64)), out _));
        Assert.False(AuditLine.TryParse(Line("1", "ask", string.Empty, new string('a', 63)), out _));
        Assert.False(AuditLine.TryParse(Line("1", "ask", string.Empty, new string('a', 65)), out _));
    }

    [Fact]
    public void Every_line_cut_short_is_refused()
    {
        var line = Line("1", "ask", ",\"action\":\"x\"", Hash);
        for (var length = 0; length < line.Length; length++)
        {
            Assert.False(AuditLine.TryParse(line.AsSpan(0, length), out _), Encoding.ASCII.GetString(line, 0, length));
        }
    }

    [Fact]
    public void What_stands_before_or_behind_is_refused()
    {
        var line = Line("1", "ask", string.Empty, Hash);
        Assert.False(AuditLine.TryParse([.. " "u8, .. line], out _));
        Assert.False(AuditLine.TryParse([.. line, .. " "u8], out _));
        Assert.False(AuditLine.TryParse([.. line, .. "\r"u8], out _));
    }

    [Fact]
    public void An_empty_kind_is_refused() => Assert.False(AuditLine.TryParse(Line("1", string.Empty, string.Empty, Hash), out _));

    private static byte[] Line(string seq, string kind, string members, string prev) => Encoding.ASCII.GetBytes(
        $"{{\"v\":1,\"seq\":{seq},\"time\":\"{Time}\",\"kind\":\"{kind}\"{members},\"prev\":\"{prev}\"}}");
}
