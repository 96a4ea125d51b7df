namespace ClearanceDaemon.Core.Transport;

/// <summary>What of one connection's input is not yet answered: an incomplete line, or whole lines left for the next turn.
/// Lent by the reactor while there is any, so that an idle connection holds no buffer.</summary>
internal sealed class Inbox
{
    private byte[] _bytes = new byte[1024];

    public int Length { get; private set; }

    /// <summary>How far the next line's end has been searched for in vain.</summary>
    public int Scanned { get; set; }

    /// <summary>When the incomplete line began, in the reactor's milliseconds; 0 while no line is incomplete.</summary>
    public long LineSince { get; set; }

    public int Capacity => _bytes.Length;

    public Span<byte> Bytes => _bytes.AsSpan(0, Length);

    /// <summary>Free space behind what is there, at least <paramref name="wanted"/> bytes.</summary>
    public Span<byte> Room(int wanted)
    {
        if (_bytes.Length - Length < wanted)
        {
            Array.Resize(ref _bytes, Math.Max(Length + wanted, _bytes.Length * 2));
        }

        return _bytes.AsSpan(Length);
    }

    public void Advance(int count) => Length += count;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Forgets the first <paramref name="count"/> bytes.</summary>
    public void Drop(int count)
    {
        if (count > 0)
        {
            _bytes.AsSpan(count, Length - count).CopyTo(_bytes);
            Length -= count;
            LineSince = 0;
        }
    }

    public void Reset()
    {
        Length = Scanned = 0;
        LineSince = 0;
    }
}
