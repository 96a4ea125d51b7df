using Microsoft.Win32.SafeHandles;

namespace ClearanceDaemon.Core.Audit;

/// <summary>Reads a file's lines in order up to the size it was opened with, holding at most one record's worth of it. Borrows the handle.</summary>
internal sealed class ForwardLines(SafeFileHandle file, long size)
{
    private const int BlockBytes = 64 * 1024;
    private byte[] _window = new byte[BlockBytes];
    private int _start;
    private int _length;

    /// <summary>Where the next line begins.</summary>
    public long Offset { get; private set; }

    /// <summary>What stands after the last LF; known once <see cref="TryNext"/> said false.</summary>
    public long TornBytes => size - Offset;

    /// <summary>The next line without its LF, valid until the next call; false when no whole line is left.</summary>
    /// <exception cref="AuditException">A line is longer than any record.</exception>
    public bool TryNext(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var end = _window.AsSpan(_start + searched, _length - searched).IndexOf((byte)'\n');
            if ((end >= 0 ? searched + end : _length) > AuditLimits.RecordBytes)
            {
                throw new AuditException($"has a line of more than {AuditLimits.RecordBytes} bytes at byte {Offset}, which no record has");
            }

            if (end >= 0)
            {
                line = _window.AsSpan(_start, searched + end);
                Skip(searched + end + 1);
                return true;
            }

            searched = _length;
            if (!Fill())
            {
                line = default;
                return false;
            }
        }
    }

    /// <summary>Goes on at <paramref name="offset"/>, which must be the start of a line.</summary>
    public void MoveTo(long offset)
    {
        Offset = offset;
        _start = _length = 0;
    }

    /// <summary>Where the first line numbered <paramref name="seq"/> or more begins; numbers grow along the file.</summary>
    public long Find(long seq)
    {
        long low = 0;
        var high = size;
        while (high - low > BlockBytes)
        {
            var middle = low + ((high - low) / 2);
            MoveTo(middle);
            var found = TryNext(out _) && Offset < high;
            var next = Offset;
            if (found && TryNext(out var line) && AuditLine.TryParse(line, out var record) && record.Seq < seq)
            {
                low = next;
            }
            else
            {
                high = middle;
            }
        }

        MoveTo(low);
        var at = low;
        while (TryNext(out var line) && (!AuditLine.TryParse(line, out var record) || record.Seq < seq))
        {
            at = Offset;
        }

        MoveTo(at);
        return at;
    }

    private void Skip(int bytes)
    {
        _start += bytes;
        _length -= bytes;
        Offset += bytes;
    }

    private bool Fill()
    {
        var left = size - Offset - _length;
        if (left <= 0)
        {
            return false;
        }

        if (_start > 0)
        {
            _window.AsSpan(_start, _length).CopyTo(_window);
            _start = 0;
        }

        if (_length == _window.Length)
        {
            Array.Resize(ref _window, _window.Length * 2);
        }

        var room = (int)Math.Min(left, _window.Length - _length);
        var read = RandomAccess.Read(file, _window.AsSpan(_length, room), Offset + _length);
        _length += read;
        return read > 0;
    }
}
