namespace ClearanceDaemon.Protocol;

/// <summary>Escape sequences inside JSON strings, and decoding of whole string bodies.</summary>
internal static class JsonEscape
{
    /// <summary>The most bytes one decoded byte can have taken: six for a letter written by its code.</summary>
    public const int MaxShrink = 6;

    /// <summary>
    /// The length of the escape the text starts with: 2, 6, or 12 for a surrogate pair; 0 when it is none. A lone surrogate is 6
    /// long and <paramref name="character"/> says so.
    /// </summary>
    public static int Length(ReadOnlySpan<byte> text, out int character)
    {
        character = text.Length < 2 ? -1 : text[1] switch
        {
            (byte)'"' or (byte)'\\' or (byte)'/' => text[1],
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            (byte)'n' => '\n',
            (byte)'r' => '\r',
            (byte)'t' => '\t',
            (byte)'u' => Unit(text),
            _ => -1,
        };
        if (character < 0)
        {
            return 0;
        }

        if (text[1] != 'u')
        {
            return 2;
        }

        if (char.IsHighSurrogate((char)character) && text.Length >= 12 && text[6] == '\\' && text[7] == 'u' && Unit(text[6..]) is >= 0xdc00 and <= 0xdfff and var low)
        {
            character = char.ConvertToUtf32((char)character, (char)low);
            return 12;
        }

        return 6;
    }

    /// <summary>
    /// Decodes the body of a grammatical string. A lone surrogate becomes its three bytes, so that different bodies never
    /// become equal; texts that were accepted hold none.
    /// </summary>
    /// <param name="body">What stands between the quotes.</param>
    /// <param name="destination">At least as long.</param>
    /// <returns>Bytes written.</returns>
    public static int Decode(ReadOnlySpan<byte> body, Span<byte> destination)
    {
        var written = 0;
        while (true)
        {
            var plain = body.IndexOf((byte)'\\');
            if (plain < 0)
            {
                body.CopyTo(destination[written..]);
                return written + body.Length;
            }

            body[..plain].CopyTo(destination[written..]);
            written += plain;
            body = body[plain..];
            var length = Length(body, out var character);
            body = body[Math.Max(1, length)..];
            written += Encode(length == 0 ? '\\' : character, destination[written..]);
        }
    }

    private static int Encode(int character, Span<byte> destination)
    {
        switch (character)
        {
            case < 0x80:
                destination[0] = (byte)character;
                return 1;
            case < 0x800:
                destination[1] = (byte)(0x80 | (character & 0x3f));
                destination[0] = (byte)(0xc0 | (character >> 6));
                return 2;
            case < 0x10000:
                destination[2] = (byte)(0x80 | (character & 0x3f));
                destination[1] = (byte)(0x80 | ((character >> 6) & 0x3f));
                destination[0] = (byte)(0xe0 | (character >> 12));
                return 3;
            default:
                destination[3] = (byte)(0x80 | (character & 0x3f));
                destination[2] = (byte)(0x80 | ((character >> 6) & 0x3f));
                destination[1] = (byte)(0x80 | ((character >> 12) & 0x3f));
                destination[0] = (byte)(0xf0 | (character >> 18));
                return 4;
        }
    }

    /// <summary>The code unit of <c>\uXXXX</c>, or -1.</summary>
    private static int Unit(ReadOnlySpan<byte> text)
    {
        if (text.Length < 6)
        {
            return -1;
        }

        var unit = 0;
        foreach (var digit in text[2..6])
        {
            var value = HexValue(digit);
            if (value < 0)
            {
                return -1;
            }

            unit = (unit << 4) | value;
        }

        return unit;
    }

    private static int HexValue(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };
}
