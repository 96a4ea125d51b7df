using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Handlers;
using ClearanceDaemon.Core.Metrics;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Core.Time;
using Microsoft.Extensions.Logging;
using UnixPeers;

namespace ClearanceDaemon.Core;

/// <summary>
/// The parts of a server, put together by hand: it serves before a host and its container are built, which is most of a
/// cold start. Owns what it opens.
/// </summary>
internal sealed class ServerParts : IDisposable
{
    public ServerParts(ClearanceSetup setup, ClearanceOptions options, ILoggerFactory logs)
    {
        Setup = setup;
        Options = options;
        Logs = logs;
        Rules = new(new()
        {
            Directories = setup.RulePaths,
            AreNamed = setup.RulesAreNamed,
            Trust = TrustedPath.Refusal,
            FileIdentity = static path => FileIdentity.Of(path) is { } file ? (file.Device, file.Inode) : null,
        });
        AuditOptions = AuditOptionsOf(setup, options, logs.CreateLogger<AuditLog>());
        Audit = AuditLog.Open(AuditOptions);
        InForce = new(Audit, logs.CreateLogger<RulesInForce>());
        Desk = new(Audit, Timers, TimeProvider.System, Counters, new DeskLimits { Pending = options.MaxPending });
        Facts = FactsOf(setup, options, Counters);
    }

    public ClearanceSetup Setup { get; }

    public ClearanceOptions Options { get; }

    public ILoggerFactory Logs { get; }

    public RuleStore Rules { get; }

    public RulesInForce InForce { get; }

    public AuditOptions AuditOptions { get; }

    public AuditLog Audit { get; }

    public Desk Desk { get; }

    public ServerFacts Facts { get; }

    public Counters Counters { get; } = new();

    public TurnTimers Timers { get; } = new();

    /// <summary>The methods every daemon has.</summary>
    public IEnumerable<IRequestHandler> BuiltInHandlers() =>
    [
        new HelloHandler(Facts),
        new PingHandler(),
        new AskHandler(Desk, InForce, Audit, Counters),
        new WaitHandler(Desk),
        new WithdrawHandler(Desk),
        new StatusHandler(Facts, InForce, Audit, Desk),
        new RulesListHandler(InForce),
        new RulesExplainHandler(InForce),
        new RulesReloadHandler(Rules),
        new AuditReadHandler(AuditOptions),
    ];

    /// <summary>Told after each commit of the turn's records whether they were written.</summary>
    public void OnCommit(bool written)
    {
        Desk.OnCommit(written);
        InForce.OnCommit(written);
    }

    public void Dispose()
    {
        Rules.Dispose();
        Audit.Dispose();
    }

    private static AuditOptions AuditOptionsOf(ClearanceSetup setup, ClearanceOptions options, ILogger log) => new()
    {
        Directory = Path.Combine(setup.StateDirectory, "audit"),
        AnchorPath = Path.Combine(setup.StateDirectory, "anchor"),
        MaxBytes = options.AuditMaxBytes,
        PrepareDirectory = static directory => PrivateDirectory.Ensure(directory, "audit directory", owned: true),
        AnchorSink = anchor => LogEvents.Anchor(log, anchor.Seq, anchor.Sha256),
    };

    private static ServerFacts FactsOf(ClearanceSetup setup, ClearanceOptions options, Counters counters) => new()
    {
        Version = setup.Version,
        Instance = setup.Instance,
        Started = TimeProvider.System.GetUtcNow(),
        InFlight = options.MaxInFlight,
        NotServed = setup.NotServed,
        Counters = counters,
        Limits = new Dictionary<string, long>
        {
            ["maxConnections"] = options.MaxConnections,
            ["maxConnectionsPerProcess"] = options.MaxConnectionsPerProcess,
            ["maxOperatorConnections"] = options.MaxOperatorConnections,
            ["maxInFlight"] = options.MaxInFlight,
            ["maxPending"] = options.MaxPending,
            ["auditMaxBytes"] = options.AuditMaxBytes,
        },
    };
}
