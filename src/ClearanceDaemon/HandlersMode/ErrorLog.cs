using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.HandlersMode;

/// <summary>
/// What a program writes to stderr, line by line for the log: cleaned, cut, and no more of it than a person reads. It is
/// always read, however much it is: a program must never wait for us to log.
/// </summary>
/// <param name="write">Takes one clean line.</param>
/// <param name="now">Milliseconds of a monotonic clock.</param>
internal sealed class ErrorLog(Action<string> write, Func<long> now)
{
    private readonly byte[] _line = new byte[HandlersLimits.ErrorLine];
    private int _length;
    private bool _isCut;
    private double _allowed = HandlersLimits.ErrorLines;
    private long _since = now();
    private long _dropped;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            Keep(end < 0 ? bytes : bytes[..end]);
            bytes = end < 0 ? default : bytes[(end + 1)..];
            if (end >= 0)
            {
                EndLine();
            }
        }
    }

    /// <summary>The program is gone: the rest of its last line, and how much was left out.</summary>
    public void End()
    {
        EndLine();
        TellDropped();
    }

    private void Keep(ReadOnlySpan<byte> part)
    {
        var kept = part[..Math.Min(part.Length, _line.Length - _length)];
        kept.CopyTo(_line.AsSpan(_length));
        _length += kept.Length;
        _isCut |= kept.Length < part.Length;
    }

    private void EndLine()
    {
        var line = _line.AsSpan(0, _length).TrimEnd((byte)'\r');
        var isCut = _isCut;
        (_length, _isCut) = (0, false);
        if (line.IsEmpty)
        {
            return;
        }

        Refill();
        if (_allowed < 1)
        {
            _dropped++;
            return;
        }

        _allowed--;
        TellDropped();
        write(DisplayText.Clean(line).Text + (isCut ? " …" : ""));
    }

    private void Refill()
    {
        var time = now();
        _allowed = Math.Min(HandlersLimits.ErrorLines, _allowed + ((time - _since) / 1000.0 * HandlersLimits.ErrorLinesPerSecond));
        _since = time;
    }

    private void TellDropped()
    {
        if (_dropped > 0)
        {
            write($"{_dropped} more lines dropped");
            _dropped = 0;
        }
    }
}
