using System.Buffers.Binary;
using System.Text;

namespace ClearanceDaemon.Protocol;

/// <summary>
/// The id of an ask: 128 random bits, written as 32 lower-case hex digits. Whoever knows it may wait for the ask and withdraw
/// it, so the bits come from the kernel's random source; the caller brings them.
/// </summary>
public readonly record struct RequestId
{
    /// <summary>Random bytes of an id.</summary>
    public const int Bytes = 16;

    /// <summary>Hex digits of an id.</summary>
    public const int Digits = 2 * Bytes;

    /// <summary>The fewest digits that may stand for a whole id where a person types it.</summary>
    public const int PrefixDigits = 4;

    private readonly UInt128 _value;

    /// <summary>An id of 16 random bytes.</summary>
    public RequestId(ReadOnlySpan<byte> random)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(random.Length, Bytes);
        _value = BinaryPrimitives.ReadUInt128BigEndian(random);
    }

    /// <summary>Reads an id; false when it is not exactly 32 lower-case hex digits.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out RequestId id)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        id = default;
        if (!Hex.TryRead(text, bytes))
        {
            return false;
        }

        id = new RequestId(bytes);
        return true;
    }

    /// <summary>True for 4 to 32 lower-case hex digits.</summary>
    public static bool IsPrefix(ReadOnlySpan<byte> text) => text.Length is >= PrefixDigits and <= Digits && Hex.IsHex(text);

    /// <summary>True when <paramref name="prefix"/> is a valid prefix and the id starts with it.</summary>
    public bool Matches(ReadOnlySpan<byte> prefix)
    {
        Span<byte> digits = stackalloc byte[Digits];
        Write(digits);
        return IsPrefix(prefix) && digits.StartsWith(prefix);
    }

    /// <summary>Writes the 32 digits.</summary>
    public void Write(Span<byte> destination)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, _value);
        Hex.Write(bytes, destination);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        Span<byte> digits = stackalloc byte[Digits];
        Write(digits);
        return Encoding.ASCII.GetString(digits);
    }
}
