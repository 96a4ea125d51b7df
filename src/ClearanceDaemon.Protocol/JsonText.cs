using System.Buffers;

namespace ClearanceDaemon.Protocol;

/// <summary>Escapes valid UTF-8 for a JSON string as RFC 8785 (JCS) section 3.2.2.2 writes it: the shortest escapes, nothing else.</summary>
public static class JsonText
{
    /// <summary>The most bytes one byte can become (<c>\u001f</c>).</summary>
    public const int MaxGrowth = 6;

    private static readonly SearchValues<byte> NeedsEscape = SearchValues.Create(
        "\0\u0001\u0002\u0003\u0004\u0005\u0006\a\b\t\n\v\f\r\u000e\u000f"u8
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f\"\\"u8);

    /// <summary>Writes <paramref name="utf8"/> escaped, without quotes, and returns how many bytes that took.</summary>
    /// <param name="utf8">Valid UTF-8.</param>
    /// <param name="destination">At least <see cref="MaxGrowth"/> times as long.</param>
    public static int Escape(ReadOnlySpan<byte> utf8, Span<byte> destination)
    {
        var written = 0;
        while (true)
        {
            var plain = utf8.IndexOfAny(NeedsEscape);
            if (plain < 0)
            {
                utf8.CopyTo(destination[written..]);
                return written + utf8.Length;
            }

            utf8[..plain].CopyTo(destination[written..]);
            written += plain;
            written += EscapeOne(utf8[plain], destination[written..]);
            utf8 = utf8[(plain + 1)..];
        }
    }

    private static int EscapeOne(byte value, Span<byte> destination)
    {
        var shorthand = value switch
        {
            (byte)'"' => (byte)'"',
            (byte)'\\' => (byte)'\\',
            (byte)'\b' => (byte)'b',
            (byte)'\t' => (byte)'t',
            (byte)'\n' => (byte)'n',
            (byte)'\f' => (byte)'f',
            (byte)'\r' => (byte)'r',
            _ => (byte)0,
        };
        destination[0] = (byte)'\\';
        if (shorthand != 0)
        {
            destination[1] = shorthand;
            return 2;
        }

        "u00"u8.CopyTo(destination[1..]);
        destination[4] = (byte)('0' + (value >> 4));
        destination[5] = "0123456789abcdef"u8[value & 15];
        return 6;
    }
}
