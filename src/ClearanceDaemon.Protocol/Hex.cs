using System.Runtime.Intrinsics;

namespace ClearanceDaemon.Protocol;

/// <summary>Lower-case hexadecimal, the only form the protocol writes or reads.</summary>
public static class Hex
{
    private static ReadOnlySpan<byte> Digits => "0123456789abcdef"u8;

    /// <summary>Writes two digits per byte.</summary>
    /// <param name="bytes">What to write.</param>
    /// <param name="destination">At least twice as long.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(ReadOnlySpan<byte> bytes, Span<byte> destination)
    {
        var written = bytes.Length * 2;
        destination = destination[..written];
        while (bytes.Length >= Vector128<byte>.Count)
        {
            var digits = Vector128.Create(Digits);
            var value = Vector128.Create(bytes);
            var high = ByteShuffle.Apply(digits, value >>> 4);
            var low = ByteShuffle.Apply(digits, value & Vector128.Create((byte)15));
            Interleave(high, low, destination);
            bytes = bytes[Vector128<byte>.Count..];
            destination = destination[(2 * Vector128<byte>.Count)..];
        }

        for (var i = 0; i < bytes.Length; i++)
        {
            destination[2 * i] = Digits[bytes[i] >> 4];
            destination[(2 * i) + 1] = Digits[bytes[i] & 15];
        }

        return written;
    }

    /// <summary>The same as text.</summary>
    public static string Text(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    /// <summary>Reads digits; false when one is not a lower-case digit or their number is not twice the destination's length.</summary>
    public static bool TryRead(ReadOnlySpan<byte> digits, Span<byte> destination)
    {
        if (digits.Length != destination.Length * 2)
        {
            return false;
        }

        for (var i = 0; i < destination.Length; i++)
        {
            var value = (Digit(digits[2 * i]) << 4) | Digit(digits[(2 * i) + 1]);
            if (value < 0)
            {
                return false;
            }

            destination[i] = (byte)value;
        }

        return true;
    }

    /// <summary>True when every byte is a lower-case digit.</summary>
    public static bool IsHex(ReadOnlySpan<byte> digits)
    {
        foreach (var digit in digits)
        {
            if (Digit(digit) < 0)
            {
                return false;
            }
        }

        return true;
    }

    private static void Interleave(Vector128<byte> high, Vector128<byte> low, Span<byte> destination)
    {
        // Widen each digit to 16 bits and put the low one in the upper half: little-endian order on every system .NET runs on.
        var first = Vector128.WidenLower(high) | (Vector128.WidenLower(low) << 8);
        var second = Vector128.WidenUpper(high) | (Vector128.WidenUpper(low) << 8);
        first.AsByte().CopyTo(destination);
        second.AsByte().CopyTo(destination[Vector128<byte>.Count..]);
    }

    private static int Digit(byte value) => value switch
    {
        >= (byte)'0' and <= (byte)'9' => value - '0',
        >= (byte)'a' and <= (byte)'f' => value - 'a' + 10,
        _ => -1,
    };
}
