using ClearanceDaemon.Core.Grants;
using ClearanceDaemon.Protocol;
using Microsoft.Win32.SafeHandles;
using UnixPeers;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>
/// Holds the processes that grants end with, and tells when one exits. Owns their descriptors: it finds each process anew,
/// because the connection it was known by is soon closed. For the reactor's thread.
/// </summary>
internal sealed class ExitWatches : IDisposable
{
    private readonly Dictionary<RequestId, (PeerProcess Process, IDisposable? Watch)> _watched = [];

    /// <summary>Calls back once when a descriptor becomes readable, until it is disposed; the server's.</summary>
    public Func<SafeFileHandle, Action, IDisposable>? WhenReadable { get; set; }

    public int Count => _watched.Count;

    /// <summary>Calls back when the process exits; at once when it is gone already.</summary>
    public void Watch(RequestId id, ProcessRef which, Action exited)
    {
        if (_watched.ContainsKey(id))
        {
            return;
        }

        if (PeerProcess.Reopen(which.Pid, which.Inode) is not { } process)
        {
            exited();
            return;
        }

        _watched.Add(id, (process, WhenReadable?.Invoke(process.Handle, exited)));
    }

    public void Forget(RequestId id)
    {
        if (_watched.Remove(id, out var watched))
        {
            watched.Watch?.Dispose();
            watched.Process.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var (process, watch) in _watched.Values)
        {
            watch?.Dispose();
            process.Dispose();
        }

        _watched.Clear();
    }
}
