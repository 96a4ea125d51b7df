using System.ComponentModel;
using System.Runtime.InteropServices;
using ClearanceDaemon.Core.Native;

namespace ClearanceDaemon.Core.Transport;

/// <summary>A pipe that makes a waiting poller return: the one thing of the reactor that other threads touch.</summary>
internal sealed unsafe class Wakeup : IPollTarget, IDisposable
{
    private readonly int _readEnd;
    private readonly int _writeEnd;
    private readonly Lock _gate = new();
    private int _signalled;
    private bool _disposed;

    public Wakeup()
    {
        var ends = stackalloc int[2];
        if (LibC.pipe(ends) < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "pipe failed");
        }

        (_readEnd, _writeEnd) = (ends[0], ends[1]);
        Descriptors.MakePrivate(_readEnd);
        Descriptors.MakePrivate(_writeEnd);
    }

    public int Descriptor => _readEnd;

    /// <summary>From any thread: the next or current wait returns. Many signals before it are one byte.</summary>
    public void Signal()
    {
        if (Interlocked.Exchange(ref _signalled, 1) == 0)
        {
            lock (_gate)
            {
                // After the end the number may be another file's.
                byte one = 1;
                _ = _disposed ? 0 : LibC.write(_writeEnd, &one, 1);
            }
        }
    }

    public void OnReady(PollEvents events)
    {
        var drained = stackalloc byte[16];
        _ = LibC.read(_readEnd, drained, 16);

        // What was posted before a signal that finds the flag still set is run this turn: the reactor runs posted
        // work after its events.
        Volatile.Write(ref _signalled, 0);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _disposed = true;
                _ = LibC.close(_readEnd);
                _ = LibC.close(_writeEnd);
            }
        }
    }
}
