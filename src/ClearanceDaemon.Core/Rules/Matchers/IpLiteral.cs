namespace ClearanceDaemon.Core.Rules.Matchers;

/// <summary>
/// Reads IP addresses as 128 bits, IPv4 as IPv4-mapped, so that both spellings of one address are one value. Only the
/// plain spellings: four decimal numbers without leading zeros, and RFC 4291's forms; what inet_aton takes beyond them
/// (octal, hexadecimal, fewer numbers) means different addresses to different programs. A zone (<c>%eth0</c>) is ignored.
/// </summary>
internal static class IpLiteral
{
    public const int MappedPrefixBits = 96;
    private const int Groups = 8;

    public static bool IsMapped(UInt128 address) => address >> 32 == 0xffff;

    public static bool TryParse(ReadOnlySpan<byte> text, out UInt128 address)
    {
        if (TryParseV4(text, out var v4))
        {
            address = ((UInt128)0xffff << 32) | v4;
            return true;
        }

        var zone = text.IndexOf((byte)'%');
        if (zone >= 0 && !HostName.IsValid(text[(zone + 1)..]))
        {
            address = default;
            return false;
        }

        return TryParseV6(zone < 0 ? text : text[..zone], out address);
    }

    private static bool TryParseV4(ReadOnlySpan<byte> text, out uint address)
    {
        address = 0;
        for (var part = 0; part < 4; part++)
        {
            var end = part == 3 ? text.Length : text.IndexOf((byte)'.');
            if (end is < 1 or > 3 || (end > 1 && text[0] == '0'))
            {
                return false;
            }

            var number = 0;
            foreach (var digit in text[..end])
            {
                if (digit is < (byte)'0' or > (byte)'9')
                {
                    return false;
                }

                number = (number * 10) + digit - '0';
            }

            if (number > byte.MaxValue)
            {
                return false;
            }

            address = (address << 8) | (uint)number;
            text = part == 3 ? default : text[(end + 1)..];
        }

        return true;
    }

    private static bool TryParseV6(ReadOnlySpan<byte> text, out UInt128 address)
    {
        address = default;
        Span<ushort> groups = stackalloc ushort[Groups];
        int count = 0, gap = -1;
        if (text.StartsWith("::"u8))
        {
            gap = 0;
            text = text[2..];
        }

        while (!text.IsEmpty)
        {
            if (count <= Groups - 2 && TryParseV4(text, out var v4))
            {
                groups[count++] = (ushort)(v4 >> 16);
                groups[count++] = (ushort)v4;
                break;
            }

            if (count == Groups || !TryGroup(ref text, out groups[count++]) || !TryColon(ref text, count, ref gap))
            {
                return false;
            }
        }

        if (gap < 0 ? count != Groups : count == Groups)
        {
            return false;
        }

        address = Join(groups, count, gap);
        return true;
    }

    private static bool TryGroup(ref ReadOnlySpan<byte> text, out ushort group)
    {
        var digits = 0;
        group = 0;
        while (digits < text.Length && digits < 4 && char.IsAsciiHexDigit((char)text[digits]))
        {
            group = (ushort)((group << 4) | HexValue(text[digits]));
            digits++;
        }

        text = text[digits..];
        return digits > 0;
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    // What may follow a group: the end, a colon and another group, or the one gap.
    private static bool TryColon(ref ReadOnlySpan<byte> text, int count, ref int gap)
    {
        if (text.IsEmpty)
        {
            return true;
        }

        if (text.StartsWith("::"u8) && gap < 0)
        {
            gap = count;
            text = text[2..];
            return true;
        }

        if (text[0] != ':' || text.Length == 1 || text[1] == ':')
        {
            return false;
        }

        text = text[1..];
        return true;
    }

    private static UInt128 Join(ReadOnlySpan<ushort> groups, int count, int gap)
    {
        var head = gap < 0 ? count : gap;
        var missing = Groups - count;
        UInt128 address = 0;
        for (var i = 0; i < Groups; i++)
        {
            var group = i < head ? groups[i] : i < head + missing ? (ushort)0 : groups[i - missing];
            address = (address << 16) | group;
        }

        return address;
    }
}
