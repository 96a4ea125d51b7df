namespace UnixPeers;

/// <summary>How much an observation of a process is worth.</summary>
public enum ObservedState
{
    /// <summary>The program could not be told: non-dumpable, hidden, or a kernel thread. Matches what denies, never what
    /// allows.</summary>
    Unknown,

    /// <summary>Read whole, and the process was alive afterwards.</summary>
    Known,

    /// <summary>The program is not the one first seen, or changed during the reads. Matches what denies, never what allows.</summary>
    Changed,

    /// <summary>The process has exited; nothing was kept of what was read.</summary>
    Gone,
}
