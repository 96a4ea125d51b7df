using System.Runtime.InteropServices;
using ClearanceDaemon.Core.Native;

namespace ClearanceDaemon.Core.Transport;

/// <summary>
/// A listening socket in the reactor. The only place that accepts. Keeps one descriptor in reserve, so that when the
/// process has none left a caller is turned away instead of left in the backlog with the loop spinning on it.
/// </summary>
internal sealed class ListenerPort : IPollTarget
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly Reactor _reactor;
    private readonly IAcceptor _acceptor;
    private readonly int _lineCap;
    private int _reserve;
    private bool _closed;

    internal ListenerPort(Reactor reactor, int descriptor, int lineCap, IAcceptor acceptor)
    {
        _reactor = reactor;
        _acceptor = acceptor;
        _lineCap = lineCap;
        Descriptor = descriptor;
        Descriptors.MakeNonBlocking(descriptor);
        Reserve();
    }

    public int Descriptor { get; }

    internal long Token { get; set; }

    public void OnReady(PollEvents events)
    {
        // One a turn: the next turn comes at once while more wait, and asking until there is none costs a call each time.
        var accepted = Accept();
        if (accepted >= 0)
        {
            Welcome(accepted);
        }
        else if (Marshal.GetLastPInvokeError() is LibC.EMFILE or LibC.ENFILE)
        {
            TurnAway();
        }

        // ECONNABORTED, EINTR and EAGAIN concern one caller or none: the next readiness tries again.
    }

    /// <summary>Stops accepting. The socket stays its owner's.</summary>
    public void Close()
    {
        if (!_closed)
        {
            _closed = true;
            _reactor.Remove(this);
            _ = LibC.close(_reserve);
        }
    }

    private unsafe int Accept()
    {
        if (OperatingSystem.IsLinux())
        {
            return LibC.accept4(Descriptor, null, null, LibC.Linux.SOCK_CLOEXEC);
        }

        var accepted = LibC.accept(Descriptor, null, null);
        if (accepted >= 0)
        {
            Descriptors.MakePrivate(accepted);
        }

        return accepted;
    }

    private void Welcome(int accepted)
    {
        if (_reactor.Open(accepted, _lineCap) is not { } connection)
        {
            SendOnce(accepted, _acceptor.NoDescriptors);
            _ = LibC.close(accepted);
            return;
        }

        var sink = _acceptor.Admit(connection, out var farewell);
        if (sink is not null)
        {
            connection.Start(sink);
            return;
        }

        SendOnce(accepted, farewell);
        connection.Close();
    }

    private void TurnAway()
    {
        _ = LibC.close(_reserve);
        var accepted = Accept();
        if (accepted >= 0)
        {
            SendOnce(accepted, _acceptor.NoDescriptors);
            _ = LibC.close(accepted);
        }

        Reserve();

        // The listener stays readable while callers wait: without a pause the loop would spin until a descriptor is free.
        _reactor.ChangeInterest(this, PollEvents.None);
        _reactor.Timers.Schedule(Pause, Resume);
    }

    private void Resume()
    {
        if (!_closed)
        {
            if (_reserve < 0)
            {
                Reserve();
            }

            _reactor.ChangeInterest(this, PollEvents.Read);
        }
    }

    private void Reserve()
    {
        _reserve = LibC.dup(Descriptor);
        if (_reserve >= 0)
        {
            Descriptors.MakePrivate(_reserve);
        }
    }

    private static unsafe void SendOnce(int descriptor, ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty)
        {
            return;
        }

        fixed (byte* start = line)
        {
            _ = LibC.send(descriptor, start, (nuint)line.Length, SocketFlags.Send);
        }
    }
}
