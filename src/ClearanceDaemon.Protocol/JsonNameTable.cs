using System.Numerics;

namespace ClearanceDaemon.Protocol;

/// <summary>
/// Names of large objects, hashed with the process's random seed so that nobody can choose names that collide. One per thread;
/// it holds the names of one text at a time, told apart by the object they are in.
/// </summary>
internal sealed class JsonNameTable
{
    /// <summary>A larger table is for one operator's line and is dropped after it.</summary>
    private const int KeptSlots = 32 * 1024;

    [ThreadStatic]
    private static JsonNameTable? _kept;

    private JsonName[] _slots;
    private byte[] _decoded = [];
    private byte[] _otherDecoded = [];
    private int _mask;

    private JsonNameTable(int slots) => _slots = new JsonName[slots];

    /// <summary>The thread's table, emptied, with room for every member a text of this length can have.</summary>
    public static JsonNameTable Rent(int textLength)
    {
        // A member takes at least five bytes, so a third of the length leaves the table at most five eighths full.
        var slots = (int)BitOperations.RoundUpToPowerOf2((uint)(textLength / 3) + 1);
        var table = _kept;
        if (table is null || table._slots.Length < slots)
        {
            table = new JsonNameTable(slots);
            _kept = slots <= KeptSlots ? table : _kept;
        }
        else
        {
            table._slots.AsSpan(0, slots).Clear();
        }

        table._mask = slots - 1;
        return table;
    }

    /// <summary>Adds a name; false when its object has it already.</summary>
    public bool Add(ReadOnlySpan<byte> text, JsonName name)
    {
        var decoded = Decode(text, name, ref _decoded);
        var hash = new HashCode();
        hash.Add(name.Object);
        hash.AddBytes(decoded);
        name = name with { Hash = (uint)hash.ToHashCode() };
        for (var slot = (int)name.Hash & _mask; ; slot = (slot + 1) & _mask)
        {
            ref var other = ref _slots[slot];
            if (other.Start == 0)
            {
                // A name starts behind a brace and a quote, so 0 means free.
                other = name;
                return true;
            }

            if (other.Hash == name.Hash && other.Object == name.Object && decoded.SequenceEqual(Decode(text, other, ref _otherDecoded)))
            {
                return false;
            }
        }
    }

    private static ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> text, JsonName name, ref byte[] buffer)
    {
        var raw = text.Slice(name.Start, name.Length);
        if (!raw.Contains((byte)'\\'))
        {
            return raw;
        }

        if (buffer.Length < raw.Length)
        {
            buffer = new byte[raw.Length];
        }

        return buffer.AsSpan(0, JsonEscape.Decode(raw, buffer));
    }
}
