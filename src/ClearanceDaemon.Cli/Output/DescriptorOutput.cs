using System.Runtime.InteropServices;
using ClearanceDaemon.Cli.Native;

namespace ClearanceDaemon.Cli.Output;

/// <summary>
/// Plain write(2) on standard output or error. The BCL's console stream sends the terminal's set-up sequence first, whoever
/// asked for no colours, and its file stream keeps an offset of its own, which loses lines when both go to one file.
/// </summary>
internal sealed class DescriptorOutput(int descriptor) : Stream
{
    private const short POLLOUT = 4;
    private const int EINTR = 4;
    private const int EPIPE = 32;
    private static readonly int EAGAIN = OperatingSystem.IsMacOS() ? 35 : 11;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var written = LibC.write(descriptor, buffer, (nuint)buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
            }
            else
            {
                Overcome(Marshal.GetLastPInvokeError());
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Overcome(int errno)
    {
        if (errno == EAGAIN)
        {
            // A terminal or pipe that another program made non-blocking.
            var entry = new pollfd { fd = descriptor, events = POLLOUT };
            _ = LibC.poll(ref entry, 1, Timeout.Infinite);
        }
        else if (errno != EINTR)
        {
            throw new OutputException(errno == EPIPE ? "" : $"the answer could not be written: {Marshal.GetPInvokeErrorMessage(errno)}. Make room, or send it elsewhere.");
        }
    }
}
