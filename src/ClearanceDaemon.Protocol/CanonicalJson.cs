namespace ClearanceDaemon.Protocol;

/// <summary>
/// RFC 8785 canonical JSON for what digests cover: objects, arrays, strings, true, false, null and integers up to
/// <see cref="ProtocolLimits.DetailInteger"/> in magnitude. Other numbers are refused, since their canonical form would need
/// an ECMAScript number printer that nothing here uses.
/// </summary>
public static class CanonicalJson
{
    /// <summary>Appends the canonical form of <paramref name="json"/>.</summary>
    /// <param name="output">Where to; when the answer is false it is as it was.</param>
    /// <param name="json">Validated JSON, without duplicate members.</param>
    /// <returns>False when it holds a number that is not such an integer.</returns>
    public static bool TryWrite(LineBuffer output, ReadOnlySpan<byte> json)
    {
        var length = output.Length;
        if (TryWriteValue(output, json, new byte[json.Length]))
        {
            return true;
        }

        output.Truncate(length);
        return false;
    }

    /// <summary>
    /// The order of members: that of their names' UTF-16 code units. It differs from the order of the UTF-8 bytes where a
    /// character beyond U+FFFF meets one from U+E000 to U+FFFF.
    /// </summary>
    /// <param name="left">A name in valid UTF-8.</param>
    /// <param name="right">Another one.</param>
    /// <returns>Below, at or above zero, as with every comparison.</returns>
    public static int CompareNames(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var at = left.CommonPrefixLength(right);
        if (at == left.Length || at == right.Length)
        {
            return left.Length - right.Length;
        }

        byte first = left[at], second = right[at];
        const byte Surrogates = 0xf0, FromE000 = 0xee;
        return first >= FromE000 && second >= FromE000 && (first >= Surrogates) != (second >= Surrogates)
            ? second - first
            : first - second;
    }

    private static bool TryWriteValue(LineBuffer output, ReadOnlySpan<byte> json, Span<byte> scratch)
    {
        var cursor = new JsonCursor(json, scratch);
        switch (cursor.Kind)
        {
            case JsonKind.Object:
                return TryWriteObject(output, json, scratch);
            case JsonKind.Array:
                return TryWriteArray(output, json, scratch);
            case JsonKind.String:
                cursor.TryReadString(out var text);
                output.String(text);
                return true;
            case JsonKind.Number:
                return TryWriteInteger(output, cursor);
            default:
                output.Raw(cursor.SkipValue());
                return true;
        }
    }

    private static bool TryWriteInteger(LineBuffer output, JsonCursor cursor)
    {
        if (!cursor.TryReadInteger(out var number) || number is < -ProtocolLimits.DetailInteger or > ProtocolLimits.DetailInteger)
        {
            return false;
        }

        output.Number(number);
        return true;
    }

    private static bool TryWriteArray(LineBuffer output, ReadOnlySpan<byte> json, Span<byte> scratch)
    {
        var cursor = new JsonCursor(json, scratch);
        cursor.TryEnterArray();
        output.Raw((byte)'[');
        for (var first = true; cursor.NextElement(); first = false)
        {
            Separate(output, first);
            if (!TryWriteValue(output, cursor.SkipValue(), scratch))
            {
                return false;
            }
        }

        output.Raw((byte)']');
        return true;
    }

    private static bool TryWriteObject(LineBuffer output, ReadOnlySpan<byte> json, Span<byte> scratch)
    {
        var cursor = new JsonCursor(json, scratch);
        var members = new List<(byte[] Name, Range Value)>();
        cursor.TryEnterObject();
        while (cursor.NextMember(out var name))
        {
            var decoded = name.ToArray();
            cursor.SkipValue(out var value);
            members.Add((decoded, value));
        }

        members.Sort(static (left, right) => CompareNames(left.Name, right.Name));
        output.Raw((byte)'{');
        for (var i = 0; i < members.Count; i++)
        {
            Separate(output, i == 0);
            output.String(members[i].Name);
            output.Raw((byte)':');
            if (!TryWriteValue(output, json[members[i].Value], scratch))
            {
                return false;
            }
        }

        output.Raw((byte)'}');
        return true;
    }

    private static void Separate(LineBuffer output, bool first)
    {
        if (!first)
        {
            output.Raw((byte)',');
        }
    }
}
