using System.Text;

namespace ClearanceDaemon.Protocol;

/// <summary>
/// Times as the protocol writes them: RFC 3339 in UTC with milliseconds and <c>Z</c>, always <see cref="Bytes"/> bytes, such as
/// <c>2026-11-20T22:53:20.123Z</c>. A value is milliseconds since 1970-01-01T00:00Z, years 1 to 9999.
/// </summary>
public static class Timestamp
{
    /// <summary>The length of every timestamp.</summary>
    public const int Bytes = 24;

    private const long MillisecondsPerDay = 86_400_000;
    private static readonly long Min = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Max = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>Writes a timestamp.</summary>
    /// <param name="unixMilliseconds">Milliseconds since 1970.</param>
    /// <param name="destination">At least <see cref="Bytes"/> long.</param>
    public static void Write(long unixMilliseconds, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(unixMilliseconds, Min);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(unixMilliseconds, Max);
        var day = Math.DivRem(unixMilliseconds - Min, MillisecondsPerDay, out var inDay);
        var date = DateOnly.FromDayNumber((int)day);
        date.Deconstruct(out var year, out var month, out var dayOfMonth);
        var millisecond = (uint)inDay;
        destination = destination[..Bytes];
        "0000-00-00T00:00:00.000Z"u8.CopyTo(destination);
        TwoDigits((uint)year / 100, destination);
        TwoDigits((uint)year % 100, destination[2..]);
        TwoDigits((uint)month, destination[5..]);
        TwoDigits((uint)dayOfMonth, destination[8..]);
        TwoDigits(millisecond / 3_600_000, destination[11..]);
        TwoDigits(millisecond / 60_000 % 60, destination[14..]);
        TwoDigits(millisecond / 1000 % 60, destination[17..]);
        TwoDigits(millisecond % 1000 / 10, destination[20..]);
        destination[22] = (byte)('0' + (millisecond % 10));
    }

    /// <summary>The same as text.</summary>
    public static string Format(long unixMilliseconds)
    {
        Span<byte> ascii = stackalloc byte[Bytes];
        Write(unixMilliseconds, ascii);
        return Encoding.ASCII.GetString(ascii);
    }

    /// <summary>Reads a timestamp; false when it is not exactly one.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long unixMilliseconds)
    {
        unixMilliseconds = 0;
        if (text.Length != Bytes || !HasShape(text))
        {
            return false;
        }

        int year = (Two(text) * 100) + Two(text[2..]), month = Two(text[5..]), day = Two(text[8..]);
        int hour = Two(text[11..]), minute = Two(text[14..]), second = Two(text[17..]);
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        var millisecond = (Two(text[20..]) * 10) + text[22] - '0';
        var inDay = (((((hour * 60L) + minute) * 60) + second) * 1000) + millisecond;
        unixMilliseconds = Min + (new DateOnly(year, month, day).DayNumber * MillisecondsPerDay) + inDay;
        return true;
    }

    /// <summary>Reads a timestamp; false when it is not exactly one.</summary>
    public static bool TryParse(string? text, out long unixMilliseconds)
    {
        Span<byte> ascii = stackalloc byte[Bytes];
        unixMilliseconds = 0;
        return text is { Length: Bytes } && Encoding.UTF8.TryGetBytes(text, ascii, out var written) && TryParse(ascii[..written], out unixMilliseconds);
    }

    private static bool HasShape(ReadOnlySpan<byte> text)
    {
        var shape = "0000-00-00T00:00:00.000Z"u8;
        for (var i = 0; i < Bytes; i++)
        {
            if (shape[i] == '0' ? !char.IsAsciiDigit((char)text[i]) : text[i] != shape[i])
            {
                return false;
            }
        }

        return true;
    }

    private static int Two(ReadOnlySpan<byte> text) => ((text[0] - '0') * 10) + text[1] - '0';

    private static void TwoDigits(uint value, Span<byte> destination)
    {
        destination[1] = (byte)('0' + (value % 10));
        destination[0] = (byte)('0' + (value / 10));
    }
}
