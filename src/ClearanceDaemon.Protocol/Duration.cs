using System.Buffers.Text;
using System.Text;

namespace ClearanceDaemon.Protocol;

/// <summary>
/// Durations as the protocol and every configuration file write them: a whole number without leading zeros and one of
/// <c>ms s m h d</c>, at most <see cref="ProtocolLimits.DurationDays"/> days. No sign, no fraction, no sum.
/// </summary>
public static class Duration
{
    /// <summary>The longest duration.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromDays(ProtocolLimits.DurationDays);

    /// <summary>The most bytes <see cref="Format(TimeSpan, Span{byte})"/> writes.</summary>
    public const int MaxBytes = 13;

    private const int MaxDigits = 9;

    /// <summary>Reads a duration; false when it is not exactly one.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out TimeSpan value)
    {
        value = default;
        var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits is < 1 or > MaxDigits || (text[0] == '0' && digits > 1) || UnitMilliseconds(text[digits..]) is not (> 0 and var unit))
        {
            return false;
        }

        if (!Utf8Parser.TryParse(text[..digits], out long number, out _) || number > (long)Max.TotalMilliseconds / unit)
        {
            return false;
        }

        value = TimeSpan.FromMilliseconds(number * unit);
        return true;
    }

    /// <summary>Reads a duration; false when it is not exactly one.</summary>
    public static bool TryParse(string? text, out TimeSpan value)
    {
        Span<byte> ascii = stackalloc byte[MaxBytes];
        value = default;
        return text is { Length: <= MaxBytes } && Encoding.UTF8.TryGetBytes(text, ascii, out var written) && TryParse(ascii[..written], out value);
    }

    /// <summary>Writes a duration in the largest unit that holds it exactly; what is below a millisecond is rounded up.</summary>
    /// <param name="value">From zero to <see cref="Max"/>.</param>
    /// <param name="destination">At least <see cref="MaxBytes"/> long.</param>
    /// <returns>Bytes written.</returns>
    public static int Format(TimeSpan value, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Max);
        var milliseconds = (value.Ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond;
        var unit = LargestExactUnit(milliseconds);
        Utf8Formatter.TryFormat(milliseconds / UnitMilliseconds(unit), destination, out var written);
        unit.CopyTo(destination[written..]);
        return written + unit.Length;
    }

    /// <summary>Writes a duration in the largest unit that holds it exactly.</summary>
    public static string Format(TimeSpan value)
    {
        Span<byte> ascii = stackalloc byte[MaxBytes];
        return Encoding.ASCII.GetString(ascii[..Format(value, ascii)]);
    }

    private static long UnitMilliseconds(ReadOnlySpan<byte> unit) => unit.Length switch
    {
        1 => unit[0] switch
        {
            (byte)'s' => 1000,
            (byte)'m' => 60_000,
            (byte)'h' => 3_600_000,
            (byte)'d' => 86_400_000,
            _ => 0,
        },
        2 when unit.SequenceEqual("ms"u8) => 1,
        _ => 0,
    };

    private static ReadOnlySpan<byte> LargestExactUnit(long milliseconds) => milliseconds switch
    {
        0 => "s"u8,
        _ when milliseconds % 86_400_000 == 0 => "d"u8,
        _ when milliseconds % 3_600_000 == 0 => "h"u8,
        _ when milliseconds % 60_000 == 0 => "m"u8,
        _ when milliseconds % 1000 == 0 => "s"u8,
        _ => "ms"u8,
    };
}
