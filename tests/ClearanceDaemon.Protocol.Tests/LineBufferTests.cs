using System.Text;
using System.Text.Json;

namespace ClearanceDaemon.Protocol.Tests;

/// <summary>The shared buffers: <see cref="LineBuffer"/>, <see cref="JsonText"/>, <see cref="Utf8Comparer"/>.</summary>
public sealed class LineBufferTests
{
    [Fact]
    public void It_grows_and_keeps_what_was_written()
    {
        var buffer = new LineBuffer(1);
        var expected = new StringBuilder();
        for (var i = 0; i < 1000; i++)
        {
            buffer.Raw("ab"u8);
            buffer.Raw((byte)'c');
            buffer.Number(-i);
            expected.Append("abc").Append(-i);
        }

        Assert.Equal(expected.ToString(), Encoding.UTF8.GetString(buffer.Written));
        Assert.Equal(expected.Length, buffer.Length);
    }

    [Theory]
    [InlineData("{}", "abc{}fgh")]
    [InlineData("", "abcfgh")]
    [InlineData("0123456789", "abc0123456789fgh")]
    public void A_part_is_replaced_by_a_longer_or_shorter_one(string by, string expected)
    {
        var buffer = new LineBuffer(8);
        buffer.Raw("abcdefgh"u8);
        buffer.Replace(3, 2, Encoding.UTF8.GetBytes(by));
        Assert.Equal(expected, Encoding.UTF8.GetString(buffer.Written));
    }

    [Fact]
    public void What_was_not_written_cannot_be_kept_or_replaced()
    {
        var buffer = new LineBuffer();
        buffer.Raw("abc"u8);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Truncate(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Truncate(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Replace(2, 2, default));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(1_000_000));
        buffer.Truncate(1);
        Assert.Equal("a", Encoding.UTF8.GetString(buffer.Written));
    }

    [Fact]
    public void A_string_is_quoted_so_that_any_reader_gets_it_back()
    {
        var random = new Random(10);
        var buffer = new LineBuffer();
        for (var round = 0; round < 5000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => (char)(random.Next(3) == 0 ? random.Next(0x30) : random.Next(0xd800))));
            buffer.Truncate(0);
            buffer.String(Encoding.UTF8.GetBytes(text));
            using var document = JsonDocument.Parse(Encoding.UTF8.GetString(buffer.Written));
            Assert.Equal(text, document.RootElement.GetString());
        }
    }

    [Fact]
    public void A_dictionary_by_bytes_is_searched_with_a_span()
    {
        var dictionary = new Dictionary<byte[], int>(Utf8Comparer.Instance) { [[1, 2]] = 12, [[]] = 0 };
        var lookup = dictionary.GetAlternateLookup<ReadOnlySpan<byte>>();
        Assert.True(lookup.TryGetValue([1, 2], out var found) && found == 12);
        Assert.False(lookup.TryGetValue([1], out _));
        lookup[[3]] = 3;
        Assert.Equal(3, dictionary[[3]]);
        byte[]? none = null;
        byte[] one = [1];
        Assert.False(Utf8Comparer.Instance.Equals(one, none) || Utf8Comparer.Instance.Equals(none, one));
        Assert.True(Utf8Comparer.Instance.Equals(none, none));
    }
}
