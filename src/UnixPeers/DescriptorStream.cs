using System.Net.Sockets;
using System.Runtime.InteropServices;
using UnixPeers.Native;

namespace UnixPeers;

/// <summary>
/// Blocking reads and writes on a non-blocking socket, without the thread and the poller that the BCL's sockets start.
/// Owns the socket.
/// </summary>
internal sealed class DescriptorStream(SafeSocketHandle socket) : Stream
{
    private const int Forever = -1;
    private const short POLLIN = 1;
    private const short POLLOUT = 4;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override bool CanTimeout => true;

    /// <summary>Milliseconds one read may wait for the other end.</summary>
    public override int ReadTimeout { get; set; } = Forever;

    /// <summary>Milliseconds one write may wait for the other end.</summary>
    public override int WriteTimeout { get; set; } = Forever;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            var count = LibC.read(socket, buffer, (nuint)buffer.Length);
            if (count >= 0)
            {
                return (int)count;
            }

            WaitAfter(Marshal.GetLastPInvokeError(), "read from", POLLIN, ReadTimeout);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var count = LibC.write(socket, buffer, (nuint)buffer.Length);
            if (count >= 0)
            {
                buffer = buffer[(int)count..];
                continue;
            }

            WaitAfter(Marshal.GetLastPInvokeError(), "write to", POLLOUT, WriteTimeout);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        socket.Dispose();
        base.Dispose(disposing);
    }

    private void WaitAfter(int errno, string what, short events, int timeout)
    {
        if (errno == SystemNumbers.Current.EAGAIN)
        {
            var entry = new pollfd { fd = (int)socket.DangerousGetHandle(), events = events };
            if (LibC.poll_one(ref entry, 1, timeout) == 0)
            {
                throw new IOException(
                    $"could not {what} the socket: nothing moved for {timeout} ms.", new SocketException((int)SocketError.TimedOut));
            }
        }
        else if (errno != SystemNumbers.EINTR)
        {
            throw new IOException($"could not {what} the socket: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno})");
        }
    }
}
