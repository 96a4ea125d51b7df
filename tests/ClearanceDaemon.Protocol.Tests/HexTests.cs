using System.Text;

namespace ClearanceDaemon.Protocol.Tests;

public sealed class HexTests
{
    [Fact]
    public void Bytes_of_any_number_are_written_and_read_back()
    {
        var random = new Random(5);
        for (var length = 0; length <= 70; length++)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            var digits = new byte[(2 * length) + 1];
            Assert.Equal(2 * length, Hex.Write(bytes, digits));
            Assert.Equal(Convert.ToHexStringLower(bytes), Encoding.ASCII.GetString(digits, 0, 2 * length));
            Assert.Equal(Convert.ToHexStringLower(bytes), Hex.Text(bytes));
            Assert.Equal(0, digits[^1]);

            var back = new byte[length];
            Assert.True(Hex.TryRead(digits.AsSpan(0, 2 * length), back));
            Assert.Equal(bytes, back);
        }
    }

    [Fact]
    public void Every_byte_that_is_no_lower_case_digit_is_refused()
    {
        var one = new byte[1];
        for (var value = 0; value < 256; value++)
        {
            var isDigit = "0123456789abcdef".Contains((char)value, StringComparison.Ordinal);
            Assert.Equal(isDigit, Hex.TryRead([(byte)value, (byte)'0'], one));
            Assert.Equal(isDigit, Hex.TryRead([(byte)'0', (byte)value], one));
            Assert.Equal(isDigit, Hex.IsHex([(byte)value]));
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("000")]
    [InlineData("")]
    [InlineData("0000")]
    public void The_number_of_digits_must_fit(string digits) => Assert.False(Hex.TryRead(Encoding.ASCII.GetBytes(digits), new byte[1]));
}
