using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Sessions;

namespace ClearanceDaemon.Core;

/// <summary>Everything an operator can set. Defaults are what a laptop with a dozen agents wants; each limit says what it protects.</summary>
public sealed record ClearanceOptions
{
    /// <summary>Of so many descriptors one stays free, for the processes that rules on observed facts have pinned.</summary>
    private const int Share = 4;

    /// <summary>Descriptors of the daemon's own: listeners, audit, watches, and what a library opens for a moment.</summary>
    private const int OwnDescriptors = 64;

    /// <summary>Prompts a minute of one socket, in shares of one process's.</summary>
    private const int SocketShare = 5;

    /// <summary>What a low limit on descriptors leaves to askers, and to operators, in any case.</summary>
    private const int LeastConnections = 16;

    /// <summary>Open connections on all ask sockets together: bounds descriptors and memory. Lowered by <see cref="Within"/>.</summary>
    public int MaxConnections { get; init; } = 16384;

    /// <summary>Open connections of one process on ask sockets: one runaway agent leaves room for the others.</summary>
    public int MaxConnectionsPerProcess { get; init; } = 12288;

    /// <summary>Open connections on the operator socket, on top of the askers': people and tools that answer are never locked out.</summary>
    public int MaxOperatorConnections { get; init; } = 256;

    /// <summary>Unanswered requests of one connection: each holds memory until it is answered.</summary>
    public int MaxInFlight { get; init; } = 256;

    /// <summary>Asks that wait for a person at one time, a quarter of them on one socket; for one more the oldest ends.</summary>
    public int MaxPending { get; init; } = 16384;

    /// <summary>Asks of one process that wait for a person at one time: one runaway agent does not bury the others' asks.</summary>
    public int MaxPendingPerProcess { get; init; } = 256;

    /// <summary>New prompts a minute of one process. Equal asks are one prompt.</summary>
    public int MaxPromptsPerMinute { get; init; } = 120;

    /// <summary>Lets a program allow its own asks. It guards against accidents, so this is for tests and single-user scripts.</summary>
    public bool SelfApproval { get; init; }

    /// <summary>Bytes of audit log kept, oldest file first to go.</summary>
    public long AuditMaxBytes { get; init; } = 1L << 30;

    /// <summary>How long what is in flight may take to finish once the daemon is told to stop.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Names of the named ask sockets.</summary>
    public IReadOnlyList<string> AskSockets { get; init; } = [];

    /// <summary>The least log level that is written: <c>trace</c>, <c>debug</c>, <c>information</c>, <c>warning</c>, <c>error</c>.</summary>
    public string LogLevel { get; init; } = "information";

    /// <summary>
    /// These options with the numbers of connections lowered to what so many descriptors (RLIMIT_NOFILE) have room for;
    /// the same object when they have. Operators come first: askers that took every descriptor would lock them out.
    /// </summary>
    public ClearanceOptions Within(ulong descriptors)
    {
        var places = ((int)Math.Min(descriptors, int.MaxValue) - OwnDescriptors) / Share * (Share - 1);
        var operators = Math.Min(MaxOperatorConnections, Math.Max(LeastConnections, places - LeastConnections));
        var askers = Math.Min(MaxConnections, Math.Max(LeastConnections, places - operators));
        return operators == MaxOperatorConnections && askers == MaxConnections
            ? this
            : this with
            {
                MaxConnections = askers,
                MaxOperatorConnections = operators,

                // The share that the defaults have: one runaway process still leaves a quarter to the others.
                MaxConnectionsPerProcess = Math.Min(MaxConnectionsPerProcess, Math.Max(1, askers * 3 / 4)),
            };
    }

    internal DeskLimits Desk => new()
    {
        Pending = MaxPending,
        PendingPerProcess = MaxPendingPerProcess,
        PendingPerConnection = MaxPendingPerProcess,
        PromptsPerMinute = MaxPromptsPerMinute,
        PromptsPerMinutePerVia = MaxPromptsPerMinute * SocketShare,
    };

    internal QuotaLimits Quotas => new(MaxConnections, MaxConnectionsPerProcess, MaxOperatorConnections, MaxInFlight);
}
