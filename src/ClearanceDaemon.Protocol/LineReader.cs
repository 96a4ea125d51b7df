namespace ClearanceDaemon.Protocol;

/// <summary>Splits received bytes into lines: LF ends one, a CR before it is dropped, and none is longer than a cap.</summary>
public static class LineReader
{
    /// <summary>
    /// Looks for the end of the first line of <paramref name="buffer"/>. Bytes before <paramref name="scanned"/> are known to
    /// hold no LF, so that a line that trickles in is searched once. At most <paramref name="capBytes"/> + 2 bytes need be held:
    /// with more than that and no LF the answer is <see cref="LineStatus.TooLong"/>.
    /// </summary>
    /// <param name="buffer">What was received and not consumed.</param>
    /// <param name="scanned">How much of it an earlier call has looked at.</param>
    /// <param name="capBytes">The longest line allowed, without LF or CR LF.</param>
    /// <param name="length">The line's length without LF or CR LF.</param>
    /// <param name="consumed">Bytes to drop from the buffer: the line and its end.</param>
    public static LineStatus Next(ReadOnlySpan<byte> buffer, int scanned, int capBytes, out int length, out int consumed)
    {
        length = consumed = 0;
        var end = buffer[scanned..].IndexOf((byte)'\n');
        if (end < 0)
        {
            // One byte over the cap may still be the CR of a CR LF; anything else there, or two bytes over, cannot become good.
            var over = buffer.Length - capBytes;
            return over > 1 || (over == 1 && buffer[^1] != (byte)'\r') ? LineStatus.TooLong : LineStatus.Incomplete;
        }

        end += scanned;
        length = end > 0 && buffer[end - 1] == (byte)'\r' ? end - 1 : end;
        consumed = end + 1;
        return length > capBytes ? LineStatus.TooLong : LineStatus.Line;
    }
}
