namespace ClearanceDaemon.Core.Events;

/// <summary>The last events as the lines they are sent as, found by number. The oldest go first; the newest always stays.</summary>
internal sealed class EventRing(EventLimits limits)
{
    private byte[][] _lines = new byte[16][];
    private int _count;
    private long _bytes;

    /// <summary>The number of the newest event; 0 before the first.</summary>
    public long Last { get; private set; }

    /// <summary>The number of the oldest event kept; one more than <see cref="Last"/> when there is none.</summary>
    public long First => Last - _count + 1;

    public ReadOnlySpan<byte> this[long seq] => _lines[Slot(seq)];

    public void Add(byte[] line)
    {
        while (_count > 0 && (_count == limits.Events || _bytes + line.Length > limits.Bytes))
        {
            DropOldest();
        }

        if (_count == _lines.Length)
        {
            Grow();
        }

        Last++;
        _count++;
        _bytes += line.Length;
        _lines[Slot(Last)] = line;
    }

    private int Slot(long seq) => (int)(seq & (_lines.Length - 1));

    private void DropOldest()
    {
        ref var oldest = ref _lines[Slot(First)];
        _bytes -= oldest.Length;
        oldest = [];
        _count--;
    }

    private void Grow()
    {
        var lines = new byte[_lines.Length * 2][];
        for (var seq = First; seq <= Last; seq++)
        {
            lines[(int)(seq & (lines.Length - 1))] = _lines[Slot(seq)];
        }

        _lines = lines;
    }
}
