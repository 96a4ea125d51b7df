namespace ClearanceDaemon.Protocol.Tests;

public sealed class JsonScalarTests
{
    [Fact]
    public void The_end_of_a_plain_run_is_found_at_every_place_beside_every_vector_border()
    {
        for (var length = 0; length <= 50; length++)
        {
            var text = new byte[length];
            text.AsSpan().Fill((byte)'a');
            for (var start = 0; start <= length; start++)
            {
                Assert.Equal(length, JsonScalar.PlainEnd(text, start));
                for (var at = start; at < length; at++)
                {
                    foreach (var stop in "\"\\\0\u001f"u8)
                    {
                        text[at] = stop;
                        Assert.Equal(at, JsonScalar.PlainEnd(text, start));
                    }

                    text[at] = (byte)'a';
                }
            }
        }
    }

    [Fact]
    public void Only_quote_backslash_and_controls_end_it()
    {
        var text = new byte[16];
        for (var value = 0; value < 256; value++)
        {
            text.AsSpan().Fill((byte)value);
            var ends = value is '"' or '\\' or < ' ';
            Assert.Equal(ends ? 0 : 16, JsonScalar.PlainEnd(text, 0));
            Assert.Equal(ends ? 1 : 16, JsonScalar.PlainEnd(text, 1));
        }
    }

    [Theory]
    [InlineData("0", 1)]
    [InlineData("-0", 2)]
    [InlineData("10,", 2)]
    [InlineData("1.5]", 3)]
    [InlineData("1e5}", 3)]
    [InlineData("-1.25E-10 ", 9)]
    [InlineData("00", 0)]
    [InlineData("01", 0)]
    [InlineData("-", 0)]
    [InlineData("1.", 0)]
    [InlineData("1.e5", 0)]
    [InlineData("1e", 0)]
    [InlineData("1e+", 0)]
    public void A_number_has_its_grammar(string text, int length) => Assert.Equal(length, JsonScalar.Number(System.Text.Encoding.ASCII.GetBytes(text)));
}
