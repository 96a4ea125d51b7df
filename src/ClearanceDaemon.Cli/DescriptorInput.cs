using System.Runtime.InteropServices;
using ClearanceDaemon.Cli.Native;

namespace ClearanceDaemon.Cli;

/// <summary>Plain read(2): takes no more than it gives on, and keeps no offset of its own, so that another program may go on where this one stopped.</summary>
internal sealed class DescriptorInput(int descriptor) : Stream
{
    private const short POLLIN = 1;
    private const int EINTR = 4;
    private static readonly int EAGAIN = OperatingSystem.IsMacOS() ? 35 : 11;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

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
            var count = LibC.read(descriptor, buffer, (nuint)buffer.Length);
            if (count >= 0)
            {
                return (int)count;
            }

            var errno = Marshal.GetLastPInvokeError();
            if (errno == EAGAIN)
            {
                // A pipe that another program made non-blocking.
                var entry = new pollfd { fd = descriptor, events = POLLIN };
                _ = LibC.poll(ref entry, 1, Timeout.Infinite);
            }
            else if (errno != EINTR)
            {
                throw new IOException($"standard input could not be read: {Marshal.GetPInvokeErrorMessage(errno)}.");
            }
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
