using System.Runtime.InteropServices;
using ClearanceDaemon.Core.Native;
using ClearanceDaemon.Core.Transport;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.HandlersMode;

/// <summary>
/// The end of a pipe that is written as fast as a program reads. One that does not read, or has closed its end, is
/// found out by its deadline. Owns the descriptor. For the reactor's thread.
/// </summary>
internal sealed class PipeWriter : IPollTarget
{
    private readonly Reactor _reactor;
    private readonly int _descriptor;
    private readonly LineBuffer _unsent = new();
    private int _sent;
    private bool _attached;
    private bool _closing;
    private bool _closed;

    public PipeWriter(Reactor reactor, int descriptor)
    {
        (_reactor, _descriptor) = (reactor, descriptor);
        Descriptors.MakeNonBlocking(descriptor);
    }

    public int Pending => _unsent.Length - _sent;

    public void Send(ReadOnlySpan<byte> bytes)
    {
        if (!_closed && !_closing)
        {
            _unsent.Raw(bytes);
            Write();
        }
    }

    /// <summary>Ends the program's input after what is still to be written.</summary>
    public void CloseWhenSent()
    {
        _closing = true;
        if (!_closed && Pending == 0)
        {
            Close();
        }
    }

    public void OnReady(PollEvents events) => Write();

    public void Close()
    {
        if (!_closed)
        {
            _closed = true;
            Attach(false);
            _ = LibC.close(_descriptor);
            _unsent.Truncate(0);
            _sent = 0;
        }
    }

    private unsafe void Write()
    {
        while (Pending > 0)
        {
            nint written;
            fixed (byte* start = _unsent.Written[_sent..])
            {
                written = LibC.write(_descriptor, start, (nuint)Pending);
            }

            if (written < 0)
            {
                OnRefused(Marshal.GetLastPInvokeError());
                return;
            }

            _sent += (int)written;
        }

        _unsent.Truncate(0);
        _sent = 0;
        Attach(false);
        if (_closing)
        {
            Close();
        }
    }

    private void OnRefused(int errno)
    {
        if (errno == SocketFlags.Again || errno == LibC.EINTR)
        {
            Attach(true);
        }
        else
        {
            Close();
        }
    }

    // Watched only while there is something to write: a pipe without a reader is always ready, with an error.
    private void Attach(bool attach)
    {
        if (attach == _attached)
        {
            return;
        }

        _attached = attach;
        if (attach)
        {
            _reactor.Attach(_descriptor, PollEvents.Write, this);
        }
        else
        {
            _reactor.Detach(_descriptor);
        }
    }
}
