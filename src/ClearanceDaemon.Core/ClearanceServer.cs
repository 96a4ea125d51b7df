using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Handlers;
using ClearanceDaemon.Core.Metrics;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Core.ServiceManager;
using ClearanceDaemon.Core.Sessions;
using ClearanceDaemon.Core.Time;
using ClearanceDaemon.Core.Transport;
using ClearanceDaemon.Protocol;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using UnixPeers;

namespace ClearanceDaemon.Core;

/// <summary>Serves the sockets it was given from the host's start to its stop, on a thread of its own.</summary>
internal sealed class ClearanceServer : IHostedService, IManagedService, IDisposable
{
    private const string StoppingReason = "the daemon is stopping; ask again";
    private readonly ClearanceSetup _setup;
    private readonly AuditLog _audit;
    private readonly RuleStore _rules;
    private readonly RuleRecord _record;
    private readonly Dispatcher _dispatcher;
    private readonly Admission _admission;
    private readonly Drain _drain;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ILogger<ClearanceServer> _log;
    private readonly List<ListenerPort> _ports = [];
    private Thread? _thread;

    public ClearanceServer(
        ClearanceSetup setup,
        ClearanceOptions options,
        AuditLog audit,
        RuleStore rules,
        RuleRecord record,
        Dispatcher dispatcher,
        Counters counters,
        ServerFacts facts,
        TurnTimers timers,
        IHostApplicationLifetime lifetime,
        ILoggerFactory logs)
    {
        (_setup, _audit, _rules, _record, _dispatcher, _lifetime) = (setup, audit, rules, record, dispatcher, lifetime);
        _log = logs.CreateLogger<ClearanceServer>();
        var turn = new AuditedTurn(audit, logs.CreateLogger<AuditedTurn>());
        Reactor = new(PollerChoice.Create(), turn, new ReactorLimits(), timers);
        var refusals = new RefusalLog(audit, timers, logs.CreateLogger<RefusalLog>());
        _admission = new(turn, dispatcher, new Quotas(options.Quotas), counters, refusals, OwnUser.Uid);
        _drain = new(_admission, timers, options.DrainTime, _log);
        facts.Sockets = [.. setup.Sockets.Select(Open)];
    }

    public string Status => _setup.Unavailable ?? _rules.State switch
    {
        RuleStoreState.Ok => $"serving {_setup.Sockets.Count} sockets by {_rules.Current.Count} rules",
        RuleStoreState.Stale => "the rule files have problems, the last good set is in force; run: clearance rules check",
        _ => "the rule files have problems, every ask is unavailable; run: clearance rules check",
    };

    private Reactor Reactor { get; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _audit.Tick();
        _rules.Load();
        _record.Note(_rules.Status);
        _rules.Changed += status => Reactor.Post(() => _record.Note(status));
        _audit.Commit();
        _audit.RequestAnchor(AnchorReason.Start);
        Reactor.Timers.Every(AuditLimits.AnchorEvery, () => _audit.RequestAnchor(AnchorReason.Interval));
        _thread = new Thread(Run) { Name = "reactor" };
        _thread.Start();
        _ = Task.Run(WatchRules, CancellationToken.None);
        LogEvents.Serving(_log, _setup.Version, string.Join(", ", _setup.Sockets.Select(static socket => socket.Listener.Address.ToString())));
        return Task.CompletedTask;
    }

    /// <summary>Stops accepting, lets what is in flight finish, answers the rest <c>unavailable</c>, writes the last anchor.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_thread is null)
        {
            return;
        }

        Reactor.Post(() =>
        {
            _ports.ForEach(static port => port.Close());
            _dispatcher.Unavailable = StoppingReason;
            _drain.Begin(StoppingReason);
        });
        await _drain.Done;
        Reactor.Stop();
        _thread.Join();
        _thread = null;
        _audit.RequestAnchor(AnchorReason.Stop);
        await _audit.Durable();
    }

    public Task ReloadAsync() => Task.Run(_rules.Load);

    public void EveryWhileAlive(TimeSpan period, Action action) => Reactor.Post(() => Reactor.Timers.Every(period, action));

    public void Dispose()
    {
        Reactor.Dispose();
        foreach (var socket in _setup.Sockets)
        {
            socket.Listener.Dispose();
        }
    }

    // Once more after the watch has begun: a change between the first reading and the watch is not missed.
    private void WatchRules()
    {
        _rules.Watch();
        _rules.Load();
    }

    private SocketFacts Open(ServedSocket socket)
    {
        var isOperator = socket.Role == CallerRoles.Operator;
        var door = new Door(socket.Name, socket.Role);
        var lineCap = isOperator ? ProtocolLimits.OperatorLineBytes : ProtocolLimits.AskLineBytes;
        _ports.Add(Reactor.Listen((int)socket.Listener.Handle.DangerousGetHandle(), lineCap, _admission.For(door)));
        return new(
            socket.Name,
            isOperator ? Protocol.Methods.SocketRole.Operator : Protocol.Methods.SocketRole.Ask,
            socket.Name,
            socket.Listener.Address.ToString(),
            socket.Listener.IsInherited,
            () => door.Connections);
    }

    private void Run()
    {
        try
        {
            Reactor.Run();
        }
        catch (Exception e)
        {
            // Nothing is served any more: better to be restarted by the service manager than to sit here deaf.
            LogEvents.ReactorFault(_log, e);
            Environment.ExitCode = 70;
            _drain.Abandon();
            _lifetime.StopApplication();
        }
    }
}
