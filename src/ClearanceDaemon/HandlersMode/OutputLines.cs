using ClearanceDaemon.Core.Transport;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.HandlersMode;

/// <summary>Cuts a program's stdout into lines, none longer than a cap (B38). Holds a buffer only while a line is incomplete.</summary>
internal sealed class OutputLines(int cap)
{
    private Inbox? _rest;

    /// <summary>The beginning of a line whose end has not come.</summary>
    public ReadOnlySpan<byte> Incomplete => _rest is null ? default : _rest.Bytes;

    /// <summary>Takes what was read. False: a line is too long, and what follows is worth nothing.</summary>
    /// <param name="bytes">What was read.</param>
    /// <param name="line">Takes one line without its end; false to stop.</param>
    public bool Take(ReadOnlySpan<byte> bytes, Func<ReadOnlySpan<byte>, bool> line)
    {
        if (_rest is null)
        {
            var scanned = 0;
            if (!TakeWhole(bytes, ref scanned, line, out var consumed))
            {
                return false;
            }

            if (consumed < bytes.Length)
            {
                _rest = new();
                _rest.Append(bytes[consumed..]);
                _rest.Scanned = scanned;
            }

            return true;
        }

        _rest.Append(bytes);
        var known = _rest.Scanned;
        if (!TakeWhole(_rest.Bytes, ref known, line, out var taken))
        {
            return false;
        }

        _rest.Drop(taken);
        _rest.Scanned = known;
        _rest = _rest.Length == 0 ? null : _rest;
        return true;
    }

    private bool TakeWhole(ReadOnlySpan<byte> bytes, ref int scanned, Func<ReadOnlySpan<byte>, bool> line, out int consumed)
    {
        consumed = 0;
        while (consumed < bytes.Length)
        {
            switch (LineReader.Next(bytes[consumed..], scanned, cap, out var length, out var used))
            {
                case LineStatus.TooLong:
                    return false;
                case LineStatus.Incomplete:
                    scanned = bytes.Length - consumed;
                    return true;
            }

            scanned = 0;
            var isWanted = line(bytes.Slice(consumed, length));
            consumed += used;
            if (!isWanted)
            {
                consumed = bytes.Length;
            }
        }

        return true;
    }
}
