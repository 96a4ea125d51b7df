namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Answer to <c>daemon.status</c>.</summary>
public sealed record StatusResult
{
    /// <summary>The daemon's version.</summary>
    public required string Version { get; init; }

    /// <summary>The instance's name; empty for the default instance.</summary>
    public required string Instance { get; init; }

    /// <summary>The daemon's process id.</summary>
    public required int Pid { get; init; }

    /// <summary>When it started, RFC 3339 UTC.</summary>
    public required string Started { get; init; }

    /// <summary><c>ok</c> or <c>degraded</c> (see <see cref="HealthState"/>).</summary>
    public required string State { get; init; }

    /// <summary>The sockets it knows of.</summary>
    public required StatusSocket[] Sockets { get; init; }

    /// <summary>Configured sockets that are not served, each with the reason.</summary>
    public required string[] NotServed { get; init; }

    /// <summary>The rules in force.</summary>
    public required StatusRules Rules { get; init; }

    /// <summary>The audit log.</summary>
    public required StatusAudit Audit { get; init; }

    /// <summary>Asks that wait for a person.</summary>
    public int? Pending { get; init; }

    /// <summary>Subscribers that answer: with none, asks end as their rule's <c>whenNobody</c> says.</summary>
    public int? Operators { get; init; }

    /// <summary>Grants in force.</summary>
    public int? Grants { get; init; }

    /// <summary>Whether everything is denied; absent from daemons that cannot.</summary>
    public LockdownState? Lockdown { get; init; }

    /// <summary>The handlers; absent from daemons that have none.</summary>
    public HandlersListResult? Handlers { get; init; }

    /// <summary>Running totals since start, by name.</summary>
    public required Dictionary<string, long> Counters { get; init; }

    /// <summary>The limits in force, by name.</summary>
    public required Dictionary<string, long> Limits { get; init; }

    /// <summary>What the kernel offers, by name, such as <c>peerPidFd</c>.</summary>
    public required Dictionary<string, bool> Kernel { get; init; }
}
