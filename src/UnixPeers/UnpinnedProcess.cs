namespace UnixPeers;

/// <summary>What /proc shows of a bare process id: for display, and to refuse by. NOT A PROCESS THAT IS HELD: a pid can name another process at
/// any moment, so nothing may be allowed because of what stands here. For peers that the kernel cannot pin
/// (<see cref="PeerProcess.IsSupported"/>), while their connection is open; where it can, use <see cref="PeerProcess"/>.</summary>
/// <param name="pid">A pid in our pid namespace, such as <see cref="PeerCredentials.Pid"/>.</param>
public sealed class UnpinnedProcess(int pid)
{
    /// <summary>The pid.</summary>
    public int Pid => pid;

    /// <summary>Looks at what the pid names now. May block.</summary>
    /// <returns><see cref="ObservedState.Unknown"/> whatever could be read, or <see cref="ObservedState.Gone"/>; never
    /// <see cref="ObservedState.Known"/>.</returns>
    public ObservedProcess Observe()
    {
        ObservedProcess seen = ProcFacts.Read(pid);
        return seen.StartTime is null ? ObservedProcess.Gone : seen with { State = ObservedState.Unknown };
    }

    /// <summary>The namespaces of what the pid names now (namespaces(7), Linux 3.8). May block.</summary>
    /// <returns>null where they cannot be read.</returns>
    public ProcessNamespaces? Namespaces() => ProcessNamespaces.Of(pid);

    /// <summary>Whether a parent of it, or a parent's parent and so on for at most 256 steps, has this pid now. May block.</summary>
    /// <param name="ancestorPid">A pid in our pid namespace.</param>
    /// <returns>null where that cannot be read. A process whose parent has exited is its child no longer.</returns>
    public bool? IsDescendantOf(int ancestorPid) => ProcessAncestry.Meets(pid, ancestorPid);
}
