namespace UnixPeers;

/// <summary>Holds what was read and not yet taken as a line. It grows with what really arrives, never past the cap and a line feed.</summary>
internal sealed class ReplyBuffer(int maxLineBytes)
{
    private const int FirstBytes = 4096;

    private byte[] _bytes = [];
    private int _start;
    private int _scanned;
    private int _end;

    /// <summary>The longest line, its line feed not counted.</summary>
    public int MaxLineBytes { get; } = maxLineBytes;

    public bool IsEmpty => _start == _end;

    /// <summary>After <see cref="Take"/> found no line: whether none within the cap can come any more.</summary>
    public bool IsOverCap => _end - _start > MaxLineBytes;

    /// <summary>The next whole line within the cap, valid until <see cref="Room"/> is called.</summary>
    public ReadOnlyMemory<byte>? Take()
    {
        var length = _bytes.AsSpan(_scanned, _end - _scanned).IndexOf((byte)'\n');
        if (length < 0 || _scanned + length - _start > MaxLineBytes)
        {
            _scanned = length < 0 ? _end : _scanned;
            return null;
        }

        var line = _bytes.AsMemory(_start, _scanned + length - _start);
        _start = _scanned = _scanned + length + 1;
        return line;
    }

    /// <summary>Free room to read into; at least one byte, unless the line is over the cap.</summary>
    public Memory<byte> Room()
    {
        _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
        (_scanned, _end, _start) = (_scanned - _start, _end - _start, 0);
        if (_end == _bytes.Length)
        {
            var most = (int)Math.Min(MaxLineBytes + 1L, Array.MaxLength);
            Array.Resize(ref _bytes, Math.Min(most, Math.Max(FirstBytes, _bytes.Length * 2)));
        }

        return _bytes.AsMemory(_end);
    }

    public void Add(int count) => _end += count;
}
