using ClearanceDaemon.Core.Sessions;

namespace ClearanceDaemon.Core;

/// <summary>Everything an operator can set. Defaults are what a laptop with a dozen agents wants; each limit says what it protects.</summary>
public sealed record ClearanceOptions
{
    /// <summary>Open connections on all ask sockets together: bounds descriptors and memory. Lowered to what RLIMIT_NOFILE allows.</summary>
    public int MaxConnections { get; init; } = 16384;

    /// <summary>Open connections of one process on ask sockets: one runaway agent leaves room for the others.</summary>
    public int MaxConnectionsPerProcess { get; init; } = 12288;

    /// <summary>Open connections on the operator socket, on top of the askers': people and tools that answer are never locked out.</summary>
    public int MaxOperatorConnections { get; init; } = 256;

    /// <summary>Unanswered requests of one connection: each holds memory until it is answered.</summary>
    public int MaxInFlight { get; init; } = 256;

    /// <summary>Asks that wait for a person at one time.</summary>
    public int MaxPending { get; init; } = 1024;

    /// <summary>Bytes of audit log kept, oldest file first to go.</summary>
    public long AuditMaxBytes { get; init; } = 1L << 30;

    /// <summary>How long what is in flight may take to finish once the daemon is told to stop.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Names of the named ask sockets.</summary>
    public IReadOnlyList<string> AskSockets { get; init; } = [];

    /// <summary>The least log level that is written: <c>trace</c>, <c>debug</c>, <c>information</c>, <c>warning</c>, <c>error</c>.</summary>
    public string LogLevel { get; init; } = "information";

    internal QuotaLimits Quotas => new(MaxConnections, MaxConnectionsPerProcess, MaxOperatorConnections, MaxInFlight);
}
