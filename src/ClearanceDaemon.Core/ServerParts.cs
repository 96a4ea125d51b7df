using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Events;
using ClearanceDaemon.Core.Grants;
using ClearanceDaemon.Core.Handlers;
using ClearanceDaemon.Core.Metrics;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Core.Sessions;
using ClearanceDaemon.Core.TerokShield;
using ClearanceDaemon.Core.Time;
using ClearanceDaemon.Core.Transport;
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
            WatchedToo = setup.HandlerPaths,
            Trust = TrustedPath.Refusal,
            FileIdentity = static path => FileIdentity.Of(path) is { } file ? (file.Device, file.Inode) : null,
        });
        AuditOptions = AuditOptionsOf(setup, options, logs.CreateLogger<AuditLog>());
        Audit = AuditLog.Open(AuditOptions);
        Events = new(RandomName(), TimeProvider.System, new EventLimits());
        Turn = new(Audit, OnCommit, logs.CreateLogger<AuditedTurn>());
        Reactor = new(PollerChoice.Create(), Turn, new ReactorLimits(), Timers);
        Gate = new(Counters, new RefusalLog(Audit, Timers, logs.CreateLogger<RefusalLog>()), OwnUser.Uid);
        InForce = new(Audit, Events, logs.CreateLogger<RulesInForce>());
        Lockdown = new(new LockdownFile(setup.StateDirectory), Audit, Events, TimeProvider.System);
        Grants = GrantDeskOf(setup);
        Handlers = new(this);
        Effects = new(Handlers.Registry, Audit, Events, () => Lockdown.IsOn, TimeProvider.System);
        Desk = new(Audit, Events, Effects, Timers, new(TimeProvider.System, BootClock.System), Counters, options.Desk) { Containers = Containers };
        Judge = new(Desk, () => InForce.Current, Grants, Handlers.Registry, Lockdown);
        Prompts = new(Desk, Judge);
        Decisions = new(Desk, Grants, Containers, Audit, () => InForce.Current, Lockdown, options.SelfApproval);
        Handlers.AddShield(ReportedAsksOf(logs));
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

    public AuditedTurn Turn { get; }

    public Reactor Reactor { get; }

    public PeerGate Gate { get; }

    public HandlerParts Handlers { get; }

    public Effects Effects { get; }

    public Prompts Prompts { get; }

    public Containers Containers { get; } = new();

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
        new AskHandler(Desk, Judge, Prompts, InForce, Audit, Counters),
        new WaitHandler(Desk),
        new WithdrawHandler(Desk),
        new PendingHandler(Desk),
        new DecideHandler(Decisions),
        new SubscribeHandler(Events, new DeskSnapshots(Desk, Events, Lockdown)),
        new GrantsListHandler(Grants),
        new GrantsRevokeHandler(Grants),
        new LockdownHandler(Lockdown, Desk, Grants),
        new StatusHandler(Facts, InForce, Audit, Desk, Events, Grants, Lockdown, Handlers.Report),
        new RulesListHandler(InForce),
        new RulesExplainHandler(InForce),
        new RulesReloadHandler(Rules),
        new AuditReadHandler(AuditOptions),
        new AuditVerifyHandler(Audit, AuditOptions),
        new HandlersListHandler(Handlers.Report),
        new HandlersSwitchHandler(Handlers.Registry, Handlers.Switching, Handlers.Report, on: true),
        new HandlersSwitchHandler(Handlers.Registry, Handlers.Switching, Handlers.Report, on: false),
        new HandlersTestHandler(Handlers.Registry),
    ];

    /// <summary>Told after each commit of the turn's records whether they were written.</summary>
    public void OnCommit(bool written)
    {
        Desk.OnCommit(written);
        InForce.OnCommit(written);
        Handlers.Shield?.OnCommit(written);
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
        Handlers.Dispose();
        Reactor.Dispose();
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

    private ReportedAsks ReportedAsksOf(ILoggerFactory logs)
    {
        var log = logs.CreateLogger<ReportedAsks>();
        return new(Desk, Judge, Prompts, Grants, Containers, Audit, () => InForce.State == RuleStoreState.Bad ? null : InForce.Current, Options.Desk)
        {
            Refused = why => LogEvents.ReportRefused(log, ShieldIntake.Via, why),
        };
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
        ExecForbidden = setup.ExecForbidden,
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
