using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace ClearanceDaemon.Protocol;

/// <summary>
/// A growing run of bytes that JSON lines are written into: replies and audit records. It keeps its array from one use
/// to the next, so a warm buffer costs no allocation. Not thread-safe; owned by whoever made it.
/// </summary>
public sealed class LineBuffer : IBufferWriter<byte>
{
    private byte[] _bytes;

    /// <summary>Makes an empty buffer with room for <paramref name="capacity"/> bytes.</summary>
    public LineBuffer(int capacity = 256) => _bytes = new byte[capacity];

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>What was written, valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>The array behind the buffer, for native calls that take a pointer.</summary>
    public byte[] Array => _bytes;

    /// <summary>Forgets everything after the first <paramref name="length"/> bytes.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)Length);
        Length = length;
    }

    /// <summary>Replaces <paramref name="count"/> bytes from <paramref name="start"/> by <paramref name="bytes"/>.</summary>
    public void Replace(int start, int count, ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)(start + count), (uint)Length);
        var tail = Length - start - count;
        Reserve(Math.Max(0, bytes.Length - count));
        _bytes.AsSpan(start + count, tail).CopyTo(_bytes.AsSpan(start + bytes.Length));
        bytes.CopyTo(_bytes.AsSpan(start));
        Length = start + bytes.Length + tail;
    }

    /// <summary>Appends bytes as they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Appends one byte as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Raw(byte value)
    {
        Reserve(1)[0] = value;
        Length++;
    }

    /// <summary>Appends valid UTF-8 as a quoted JSON string.</summary>
    public void String(ReadOnlySpan<byte> utf8)
    {
        var room = Reserve((utf8.Length * JsonText.MaxGrowth) + 2);
        room[0] = (byte)'"';
        var written = JsonText.Escape(utf8, room[1..]);
        room[written + 1] = (byte)'"';
        Length += written + 2;
    }

    /// <summary>Appends an integer in decimal.</summary>
    public void Number(long value)
    {
        Utf8Formatter.TryFormat(value, Reserve(20), out var written);
        Length += written;
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_bytes.Length - Length));
        Length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(1, sizeHint));
        return _bytes.AsMemory(Length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => Reserve(Math.Max(1, sizeHint));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Grow(count);
        }

        return _bytes.AsSpan(Length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int count) => System.Array.Resize(ref _bytes, Math.Max(checked(Length + count), _bytes.Length * 2));
}
