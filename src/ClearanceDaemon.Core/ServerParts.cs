using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Events;
using ClearanceDaemon.Core.Grants;
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
        Events = new(RandomName(), TimeProvider.System, new EventLimits());
        InForce = new(Audit, Events, logs.CreateLogger<RulesInForce>());
        Desk = new(Audit, Events, Timers, new(TimeProvider.System, BootClock.System), Counters, options.Desk);
        Lockdown = new(new LockdownFile(setup.StateDirectory), Audit, Events, TimeProvider.System);
        Grants = GrantDeskOf(setup);
        Judge = new(Desk, () => InForce.Current, Grants, Lockdown);
        Decisions = new(Desk, Grants, Audit, () => InForce.Current, Lockdown, options.SelfApproval);
        Facts = FactsOf(setup, options, Counters);
    }

    public ClearanceSetup Setup { get; }

    public ClearanceOptions Options { get; }

    public ILoggerFactory Logs { get; }

    public RuleStore Rules { get; }

    public RulesInForce InForce { get; }

    public AuditOptions AuditOptions { get; }

    public AuditLog Audit { get; }

    public EventHub Events { get; }

    public Desk Desk { get; }

    public Lockdown Lockdown { get; }

    public GrantDesk Grants { get; }

    public ExitWatches Exits { get; } = new();

    public AskJudge Judge { get; }

    public Decisions Decisions { get; }

    public ServerFacts Facts { get; }

    public Counters Counters { get; } = new();

    public TurnTimers Timers { get; } = new();

    /// <summary>The methods every daemon has.</summary>
    public IEnumerable<IRequestHandler> BuiltInHandlers() =>
    [
        new HelloHandler(Facts),
        new PingHandler(),
        new AskHandler(Desk, Judge, InForce, Audit, Counters),
        new WaitHandler(Desk),
        new WithdrawHandler(Desk),
        new PendingHandler(Desk),
        new DecideHandler(Decisions),
        new SubscribeHandler(Events, new DeskSnapshots(Desk, Events, Lockdown)),
        new GrantsListHandler(Grants),
        new GrantsRevokeHandler(Grants),
        new LockdownHandler(Lockdown, Desk, Grants),
        new StatusHandler(Facts, InForce, Audit, Desk, Events, Grants, Lockdown),
        new RulesListHandler(InForce),
        new RulesExplainHandler(InForce),
        new RulesReloadHandler(Rules),
        new AuditReadHandler(AuditOptions),
        new AuditVerifyHandler(Audit, AuditOptions),
    ];

    /// <summary>Told after each commit of the turn's records whether they were written.</summary>
    public void OnCommit(bool written)
    {
        Desk.OnCommit(written);
        InForce.OnCommit(written);
        Events.Flush();
    }

    /// <summary>Ends the grants that no record of a verdict names. On the reactor's thread; the log is read away from it.</summary>
    public async Task CheckGrantsAsync()
    {
        var made = Array.ConvertAll([.. Grants.Page(0, int.MaxValue - 1)], static (Grant grant) => (grant.Id, grant.DecidedSeq));
        if (made.Length > 0)
        {
            Grants.EndUnrecorded(await Task.Run(() => GrantRecords.Unrecorded(AuditOptions.Directory, made)));
        }
    }

    public void Dispose()
    {
        Exits.Dispose();
        Rules.Dispose();
        Audit.Dispose();
    }

    // Enough to tell one life of the stream from another; nobody has to guess it.
    private static string RandomName() => new RequestIds().Next().ToString()[..16];

    private GrantDesk GrantDeskOf(ClearanceSetup setup)
    {
        var (limits, clock) = (new GrantLimits(), new GrantClock(BootClock.System, TimeProvider.System));
        var book = new GrantBook(clock);
        var grants = new Grants.Grants(new GrantStore(setup.StateDirectory, limits, TimeProvider.System), book, clock, Timers, limits);
        return new(grants, book, Audit, Events, Exits);
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
            ["maxPendingPerProcess"] = options.MaxPendingPerProcess,
            ["maxPromptsPerMinute"] = options.MaxPromptsPerMinute,
            ["auditMaxBytes"] = options.AuditMaxBytes,
        },
    };
}
