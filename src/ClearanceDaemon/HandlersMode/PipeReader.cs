using System.Runtime.InteropServices;
using ClearanceDaemon.Core.Native;
using ClearanceDaemon.Core.Transport;

namespace ClearanceDaemon.HandlersMode;

/// <summary>The end of a pipe that is read as a program writes. Owns the descriptor. For the reactor's thread.</summary>
internal sealed class PipeReader : IPollTarget
{
    private readonly Reactor _reactor;
    private readonly int _descriptor;
    private readonly PipeBytes _bytes;
    private bool _closed;

    public PipeReader(Reactor reactor, int descriptor, PipeBytes bytes)
    {
        (_reactor, _descriptor, _bytes) = (reactor, descriptor, bytes);
        Descriptors.MakeNonBlocking(descriptor);
        reactor.Attach(descriptor, PollEvents.Read, this);
    }

    public void OnReady(PollEvents events) => Read();

    /// <summary>Reads what is there and not more than so many bytes: of a program that has exited, or is about to be ended.</summary>
    public void Drain(int most)
    {
        for (var read = 1; !_closed && most > 0 && read > 0; most -= read)
        {
            read = Read();
        }
    }

    public void Close()
    {
        if (!_closed)
        {
            _closed = true;
            _reactor.Detach(_descriptor);
            _ = LibC.close(_descriptor);
        }
    }

    private unsafe int Read()
    {
        var room = _reactor.ReceiveBuffer;
        nint read;
        fixed (byte* start = room)
        {
            read = LibC.read(_descriptor, start, (nuint)room.Length);
        }

        if (read > 0)
        {
            _bytes(room[..(int)read]);
        }
        else if (read == 0 || (Marshal.GetLastPInvokeError() is var errno && errno != SocketFlags.Again && errno != LibC.EINTR))
        {
            Close();
            _bytes(default);
        }

        return (int)read;
    }
}
