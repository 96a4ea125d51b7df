using UnixPeers;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>Who sends a verdict, as far as it can be seen: by its pinned process, or on old kernels by the pid of a connection that is open.</summary>
internal sealed class Decider
{
    private readonly PeerProcess? _process;
    private readonly UnpinnedProcess _unpinned;

    private Decider(PeerProcess? process, int pid)
    {
        _process = process;
        _unpinned = new UnpinnedProcess(pid);
        Namespaces = process is null ? _unpinned.Namespaces() : process.Namespaces();
        Observed = process is null ? _unpinned.Observe() : process.Observe();
    }

    public ProcessNamespaces? Namespaces { get; }

    public ObservedProcess Observed { get; }

    /// <summary>Looks at it once. Blocks.</summary>
    /// <param name="process">Its pinned process, if there is one.</param>
    /// <param name="pid">The pid that the kernel named at accept.</param>
    /// <param name="kernelPins">False where no peer can be pinned.</param>
    /// <returns>Null when it is gone: a kernel that pins peers has none for it.</returns>
    public static Decider? Of(PeerProcess? process, int? pid, bool kernelPins)
    {
        if (process is not null)
        {
            return new Decider(process, process.Pid);
        }

        return pid is { } number && !kernelPins ? new Decider(null, number) : null;
    }

    /// <summary>Whether it is that process. By pid alone where there is no more to go by: a pid that was given out again refuses too much, never too little.</summary>
    public bool Is(Principal principal) => Is(principal.Pid, principal.Inode);

    public bool Is(PeerProcess asker) => Is(asker.Pid, asker.Inode);

    /// <summary>Whether that process started it, itself or through others.</summary>
    /// <returns>Null when it cannot be told.</returns>
    public bool? DescendsFrom(Principal principal) =>
        _process is null ? principal.IsAncestorOf(_unpinned) : principal.IsAncestorOf(_process);

    public bool? DescendsFrom(PeerProcess asker) =>
        _process is null ? _unpinned.IsDescendantOf(asker.Pid) : _process.IsDescendantOf(asker);

    private bool Is(int? pid, ulong? inode) =>
        _unpinned.Pid == pid && (inode is null || _process?.Inode is not { } own || own == inode);
}
