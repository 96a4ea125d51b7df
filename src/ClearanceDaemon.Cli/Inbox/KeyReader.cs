using System.Buffers;
using System.Text;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>Turns the bytes of a terminal into keys. What comes in pieces is kept until it is whole or <see cref="Flush"/> ends the wait.</summary>
internal sealed class KeyReader
{
    private const byte Esc = 0x1b;

    /// <summary>The longest escape sequence that is waited for: beyond it, it is nobody's key.</summary>
    private const int MaxSequence = 32;

    private readonly List<byte> _pending = [];
    private bool _isPasting;

    /// <summary>True while the beginning of a key waits for its rest.</summary>
    public bool IsWaiting => _pending.Count > 0;

    public void Feed(ReadOnlySpan<byte> bytes, List<InboxKey> keys)
    {
        _pending.AddRange(bytes);
        var all = _pending.ToArray().AsSpan();
        var used = 0;
        while (used < all.Length && Next(all[used..], keys) is > 0 and var length)
        {
            used += length;
        }

        _pending.RemoveRange(0, used);
    }

    /// <summary>Nothing came for a while: an escape on its own was the key of that name; half a sequence was nothing.</summary>
    public void Flush(List<InboxKey> keys)
    {
        if (_pending is [Esc])
        {
            Add(keys, new InboxKey(InboxKeyKind.Escape));
        }

        _pending.Clear();
    }

    /// <summary>Forgets what came in part, a paste as well: its end may have been thrown away.</summary>
    public void Clear()
    {
        _pending.Clear();
        _isPasting = false;
    }

    /// <returns>Bytes taken; zero when more are needed.</returns>
    private int Next(ReadOnlySpan<byte> bytes, List<InboxKey> keys)
    {
        if (bytes[0] == Esc)
        {
            return Sequence(bytes, keys);
        }

        var status = Rune.DecodeFromUtf8(bytes, out var rune, out var length);
        if (status == OperationStatus.NeedMoreData)
        {
            return 0;
        }

        Add(keys, status != OperationStatus.Done ? default : Rune.IsControl(rune) ? new InboxKey(Control(rune.Value)) : new InboxKey(InboxKeyKind.Character, rune));
        return length;
    }

    private int Sequence(ReadOnlySpan<byte> bytes, List<InboxKey> keys)
    {
        switch (bytes)
        {
            case [_]:
                return 0;
            case [_, (byte)'[', ..]:
                return Csi(bytes, keys);
            case [_, (byte)'O']:
                return 0;
            case [_, (byte)'O', var final, ..]:
                Add(keys, new InboxKey(Final(final)));
                return 3;
            case [_, Esc, ..]:
                Add(keys, new InboxKey(InboxKeyKind.Escape));
                return 1;
            default:
                // Alt and a character: no key of ours, and not the character either.
                Add(keys, default);
                return 2;
        }
    }

    private int Csi(ReadOnlySpan<byte> bytes, List<InboxKey> keys)
    {
        var end = bytes[2..].IndexOfAnyInRange((byte)0x40, (byte)0x7e);
        if (end < 0)
        {
            return bytes.Length < MaxSequence ? 0 : bytes.Length;
        }

        var parameters = bytes.Slice(2, end);
        var final = bytes[2 + end];
        if (final == '~' && (parameters.SequenceEqual("200"u8) || parameters.SequenceEqual("201"u8)))
        {
            _isPasting = parameters[2] == '0';
        }
        else
        {
            Add(keys, new InboxKey(final == '~' ? Tilde(parameters) : Final(final)));
        }

        return end + 3;
    }

    private void Add(List<InboxKey> keys, InboxKey key)
    {
        // A paste that never ends must not lock the person in.
        _isPasting &= key.Kind != InboxKeyKind.Interrupt;
        if (!_isPasting)
        {
            keys.Add(key);
        }
        else if (key.Kind == InboxKeyKind.Character)
        {
            keys.Add(key with { Kind = InboxKeyKind.Pasted });
        }
    }

    private static InboxKeyKind Control(int value) => value switch
    {
        '\r' or '\n' => InboxKeyKind.Enter,
        '\t' => InboxKeyKind.Tab,
        0x7f or '\b' => InboxKeyKind.Backspace,
        0x01 => InboxKeyKind.Home,
        0x03 => InboxKeyKind.Interrupt,
        0x05 => InboxKeyKind.End,
        0x0c => InboxKeyKind.Redraw,
        0x15 => InboxKeyKind.EraseLine,
        0x17 => InboxKeyKind.EraseWord,
        0x1a => InboxKeyKind.Suspend,
        _ => InboxKeyKind.Unknown,
    };

    private static InboxKeyKind Final(byte final) => (char)final switch
    {
        'A' => InboxKeyKind.Up,
        'B' => InboxKeyKind.Down,
        'C' => InboxKeyKind.Right,
        'D' => InboxKeyKind.Left,
        'H' => InboxKeyKind.Home,
        'F' => InboxKeyKind.End,
        _ => InboxKeyKind.Unknown,
    };

    private static InboxKeyKind Tilde(ReadOnlySpan<byte> parameters) => parameters switch
    {
        [(byte)'1'] or [(byte)'7'] => InboxKeyKind.Home,
        [(byte)'4'] or [(byte)'8'] => InboxKeyKind.End,
        [(byte)'3'] => InboxKeyKind.Delete,
        [(byte)'5'] => InboxKeyKind.PageUp,
        [(byte)'6'] => InboxKeyKind.PageDown,
        _ => InboxKeyKind.Unknown,
    };
}
