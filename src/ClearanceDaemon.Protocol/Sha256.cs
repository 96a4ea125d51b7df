using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace ClearanceDaemon.Protocol;

/// <summary>
/// SHA-256 (FIPS 180-4) without the operating system's cryptography library, whose first use costs a start more than two
/// milliseconds. A value holds a hash under way; <see cref="Hash"/> does it in one step. Zero allocation.
/// </summary>
public struct Sha256
{
    /// <summary>Bytes of a hash.</summary>
    public const int HashBytes = 32;

    private const int BlockBytes = Sha256Block.Bytes;
    private StateWords _state;
    private BlockBuffer _pending;
    private int _pendingBytes;
    private ulong _totalBytes;

    /// <summary>Begins a hash.</summary>
    public Sha256() => Sha256Block.Initial.CopyTo(_state);

    /// <summary>Hashes <paramref name="data"/> into the first <see cref="HashBytes"/> bytes of <paramref name="destination"/>.</summary>
    [SkipLocalsInit]
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        Span<uint> state = stackalloc uint[8];
        Sha256Block.Initial.CopyTo(state);
        var whole = data.Length & -BlockBytes;
        Sha256Block.Compress(state, data[..whole]);
        Span<byte> last = stackalloc byte[2 * BlockBytes];
        Finish(state, data[whole..], (ulong)data.Length, last, destination);
    }

    /// <summary>Adds bytes.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        _totalBytes += (ulong)data.Length;
        Span<byte> pending = _pending;
        if (_pendingBytes > 0)
        {
            var taken = Math.Min(data.Length, BlockBytes - _pendingBytes);
            data[..taken].CopyTo(pending[_pendingBytes..]);
            _pendingBytes += taken;
            data = data[taken..];
            if (_pendingBytes < BlockBytes)
            {
                return;
            }

            Sha256Block.Compress(_state, pending);
        }

        var whole = data.Length & -BlockBytes;
        Sha256Block.Compress(_state, data[..whole]);
        data[whole..].CopyTo(pending);
        _pendingBytes = data.Length - whole;
    }

    /// <summary>Writes the hash of all that was appended. The value must not be used after it.</summary>
    [SkipLocalsInit]
    public void Finish(Span<byte> destination)
    {
        Span<byte> last = stackalloc byte[2 * BlockBytes];
        Finish(_state, ((Span<byte>)_pending)[.._pendingBytes], _totalBytes, last, destination);
    }

    /// <summary>Pads the rest of the message as FIPS 180-4 section 5.1.1 says, and writes the state.</summary>
    private static void Finish(Span<uint> state, ReadOnlySpan<byte> rest, ulong totalBytes, Span<byte> last, Span<byte> destination)
    {
        last = last[..(rest.Length < BlockBytes - sizeof(ulong) ? BlockBytes : 2 * BlockBytes)];
        rest.CopyTo(last);
        last[rest.Length] = 0x80;
        last[(rest.Length + 1)..].Clear();
        BinaryPrimitives.WriteUInt64BigEndian(last[^sizeof(ulong)..], totalBytes * 8);
        Sha256Block.Compress(state, last);
        for (var i = 0; i < 8; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination[(4 * i)..], state[i]);
        }
    }

    [InlineArray(8)]
    private struct StateWords
    {
        private uint _word;
    }

    [InlineArray(BlockBytes)]
    private struct BlockBuffer
    {
        private byte _byte;
    }
}
