namespace UnixPeers;

/// <summary>What /proc showed of a pinned process. OBSERVED, NOT PROOF: a process of the same user can exec, inject, move between units
/// and rename itself; one that connects, writes and execs is seen as the new program from the start.</summary>
public sealed record ObservedProcess
{
    internal static readonly ObservedProcess Gone = new() { State = ObservedState.Gone };

    /// <summary>What the rest is worth.</summary>
    public required ObservedState State { get; init; }

    /// <summary>The running program's file; null where it is hidden from us.</summary>
    public FileIdentity? Executable { get; init; }

    /// <summary>A name of that file, for display only: it may be replaced, deleted (the kernel then adds " (deleted)") or in another
    /// root.</summary>
    public string? ExecutablePath { get; init; }

    /// <summary>The innermost systemd service or scope, from the control group. Anyone may pick the name of a unit of their
    /// own.</summary>
    public string? Unit { get; init; }

    /// <summary>The control group's path in systemd's hierarchy.</summary>
    public string? CGroup { get; init; }

    /// <summary>The innermost part of the control group's path that names a container, as Docker, Podman, CRI-O, containerd, Kubernetes and
    /// LXC name them; null outside of one. Equal names are one container. A container with a cgroup namespace of its own around us
    /// hides its name from us.</summary>
    public string? Container { get; init; }

    /// <summary>Start of the process in clock ticks since boot.</summary>
    public ulong? StartTime { get; init; }

    /// <summary>The pid of the parent; a number, not pinned.</summary>
    public int? ParentPid { get; init; }

    /// <summary>The pid of the session leader; a number, not pinned.</summary>
    public int? SessionId { get; init; }

    /// <summary>The thread name the process gave itself, at most 15 bytes; any text at all.</summary>
    public string? CommandName { get; init; }
}
