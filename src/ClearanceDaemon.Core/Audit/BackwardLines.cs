using Microsoft.Win32.SafeHandles;

namespace ClearanceDaemon.Core.Audit;

/// <summary>Reads a file's lines from the last to the first, holding at most one record's worth of it. Borrows the handle.</summary>
internal sealed class BackwardLines
{
    private const int BlockBytes = 64 * 1024;
    private readonly SafeFileHandle _file;
    private byte[] _window = [];
    private long _windowStart;
    private int _windowLength;
    private long _end;

    /// <exception cref="AuditException">What follows the last LF is longer than any record, or cannot be read.</exception>
    public BackwardLines(SafeFileHandle file, long size)
    {
        _file = file;
        _end = LineStart(size);
        WholeBytes = _end;
        Torn = Range(_end, size).ToArray();
    }

    /// <summary>Where the last whole line ends, its LF included.</summary>
    public long WholeBytes { get; }

    /// <summary>What stands after the last LF: a write that did not finish.</summary>
    public byte[] Torn { get; }

    /// <summary>Bytes of the file not yet looked at.</summary>
    public long Remaining => _end;

    /// <summary>The line before, without its LF, valid until the next call; false at the file's start.</summary>
    /// <exception cref="AuditException">A line is longer than any record, or cannot be read.</exception>
    public bool TryNext(out ReadOnlySpan<byte> line)
    {
        line = default;
        if (_end == 0)
        {
            return false;
        }

        var end = _end - 1;
        _end = LineStart(end);
        line = Range(_end, end);
        return true;
    }

    /// <summary>Goes on before <paramref name="offset"/>, which must be the start of a line.</summary>
    public void MoveTo(long offset) => _end = offset;

    /// <summary>Where the line that ends at <paramref name="end"/> begins; the window then holds it.</summary>
    private long LineStart(long end)
    {
        for (var bytes = BlockBytes; ; bytes *= 2)
        {
            if (end < _windowStart || end > _windowStart + _windowLength)
            {
                Load(end, bytes);
            }

            var before = Range(_windowStart, end).LastIndexOf((byte)'\n');
            var start = _windowStart + before + 1;
            if (end - start > AuditLimits.RecordBytes)
            {
                throw new AuditException($"has a line of more than {AuditLimits.RecordBytes} bytes that ends at byte {end}, which no record has");
            }

            if (before >= 0 || start == 0)
            {
                return start;
            }

            Load(end, bytes);
        }
    }

    private ReadOnlySpan<byte> Range(long from, long to) => _window.AsSpan((int)(from - _windowStart), (int)(to - from));

    private void Load(long end, int bytes)
    {
        var length = (int)Math.Min(end, bytes);
        if (_window.Length < length)
        {
            _window = new byte[bytes];
        }

        _windowStart = end - length;
        _windowLength = 0;
        while (_windowLength < length)
        {
            var read = Read(_window.AsSpan(_windowLength, length - _windowLength), _windowStart + _windowLength);
            if (read == 0)
            {
                throw new AuditException("became shorter while it was read");
            }

            _windowLength += read;
        }
    }

    /// <summary>The writer looks at old files on the reactor's thread, where a disk's fault is a finding about that file and no more.</summary>
    private int Read(Span<byte> bytes, long offset)
    {
        try
        {
            return RandomAccess.Read(_file, bytes, offset);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AuditException($"cannot be read at byte {offset}: {e.Message}");
        }
    }
}
