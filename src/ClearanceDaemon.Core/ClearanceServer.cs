using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.External.Manifests;
using ClearanceDaemon.Core.Grants;
using ClearanceDaemon.Core.Handlers;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Core.ServiceManager;
using ClearanceDaemon.Core.Sessions;
using ClearanceDaemon.Core.Transport;
using ClearanceDaemon.Protocol;
using Microsoft.Extensions.Logging;
using UnixPeers;

namespace ClearanceDaemon.Core;

/// <summary>Serves the sockets it was given, on a thread of its own. Owns its parts and the sockets' listeners.</summary>
internal sealed class ClearanceServer : IManagedService, IDisposable
{
    /// <summary>EX_SOFTWARE of sysexits.h.</summary>
    private const int SoftwareFault = 70;

    private const string StoppingReason = "the daemon is stopping; ask again";
    private readonly Dispatcher _dispatcher;
    private readonly Admission _admission;
    private readonly Reactor _reactor;
    private readonly IRequestHandler[] _methods;
    private readonly Drain _drain;
    private readonly ILogger<ClearanceServer> _log;
    private readonly List<ListenerPort> _ports = [];
    private Thread? _thread;
    private volatile bool _stopping;

    public ClearanceServer(ServerParts parts, IEnumerable<IRequestHandler> moreHandlers)
    {
        Parts = parts;
        var (logs, options) = (parts.Logs, parts.Options);
        _log = logs.CreateLogger<ClearanceServer>();
        _methods = [.. parts.BuiltInHandlers(), .. moreHandlers];
        var table = new MethodTable(_methods);
        _dispatcher = new(table, parts.Counters, logs.CreateLogger<Dispatcher>());
        parts.Handlers.Registry.IsTaken = table.Has;
        parts.Handlers.Registry.MethodsChanged = () => _dispatcher.Use(new MethodTable([.. _methods, .. parts.Handlers.Registry.Methods]));
        _reactor = parts.Reactor;
        _reactor.Faulted = e => LogEvents.TurnFault(_log, e);
        _admission = new(parts.Turn, _dispatcher, new Quotas(options.Quotas), parts.Counters, parts.Gate)
        {
            LooksAtPrograms = () => parts.InForce.Current.UsesObserved,
        };
        _drain = new(_admission, parts.Timers, options.DrainTime, _log);
        parts.Facts.Sockets = [.. parts.Setup.Sockets.Select(Open)];
    }

    public ServerParts Parts { get; }

    /// <summary>Told, on the reactor's thread, when it breaks.</summary>
    public Action? Faulted { get; set; }

    public string Status => Parts.InForce.State switch
    {
        RuleStoreState.Ok => $"serving {Parts.Setup.Sockets.Count} sockets by {Parts.InForce.Current.Count} rules",
        RuleStoreState.Stale => "the rule files have problems, the last good set is in force; run: clearance rules check",
        _ => "the rule files have problems, every ask is unavailable; run: clearance rules check",
    };

    /// <summary>Reads the rules and begins to serve; a second call does nothing.</summary>
    public void Start()
    {
        if (_thread is null)
        {
            Parts.Audit.Tick();
            Parts.Rules.Load();
            Parts.InForce.Take(Parts.Rules.Status);
            _reactor.Run(LoadGrants);
            _reactor.Run(() => LoadHandlers(Parts.Handlers.Read()));
            Parts.Turn.Commit();
            _thread = new Thread(Run) { Name = "reactor" };
            _thread.Start();
        }
    }

    /// <summary>What can wait until the first asker has its answer: the log, the anchor, the watch on the rules.</summary>
    public void Announce()
    {
        var addresses = string.Join(", ", Parts.Setup.Sockets.Select(static socket => socket.Listener.Address.ToString()));
        LogEvents.Serving(_log, Parts.Setup.Version, addresses);
        Parts.Rules.Changed += OnRulesChanged;
        _reactor.Post(() => Parts.Audit.RequestAnchor(AnchorReason.Start));
        _reactor.Post(() => _ = CheckGrantsAsync());
        _ = Task.Run(WatchRules);
    }

    /// <summary>Stops accepting, lets what is in flight finish, answers the rest <c>unavailable</c>, writes the last anchor.</summary>
    public async Task StopAsync()
    {
        if (_thread is null || _stopping)
        {
            return;
        }

        _stopping = true;
        Parts.Rules.Changed -= OnRulesChanged;
        _reactor.Post(() =>
        {
            _ports.ForEach(static port => port.Close());
            _dispatcher.Unavailable = StoppingReason;
            _drain.Begin(StoppingReason);
            Parts.Handlers.StopHearing();
            Parts.Desk.EndUnattended();
        });
        await _drain.Done;
        await EndHandlersAsync();
        await KeepGrantsAsync();
        _reactor.Stop();
        _thread.Join();
    }

    /// <summary>Reads the rules again; completes when they are in force.</summary>
    public async Task ReloadAsync()
    {
        await Task.Run(Parts.Rules.Load);
        var inForce = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // Behind what the load itself posted.
        _reactor.Post(inForce.SetResult);
        await inForce.Task;
    }

    public void EveryWhileAlive(TimeSpan period, Action action) => _reactor.Post(() => _reactor.Timers.Every(period, action));

    public void Dispose()
    {
        StopAsync().GetAwaiter().GetResult();

        Parts.Dispose();
        foreach (var socket in Parts.Setup.Sockets)
        {
            socket.Listener.Dispose();
        }
    }

    private void LoadGrants()
    {
        Parts.Exits.WhenReadable = (descriptor, ready) => _reactor.Watch((int)descriptor.DangerousGetHandle(), ready);
        var terms = new GrantLoadTerms
        {
            AuditSeq = Parts.Audit.FoundSeq,
            WallFloor = Parts.Audit.FoundTime,
            IsAlive = static (pid, inode) =>
            {
                using var process = PeerProcess.Reopen(pid, inode);
                return process is not null;
            },
        };
        if (Parts.Grants.Load(terms) is { } problem)
        {
            LogEvents.GrantsNotLoaded(_log, problem);
        }

        if (Parts.Lockdown.IsOn)
        {
            // It revoked them all, but may have been stopped before that was on disk.
            _ = Parts.Grants.RevokeAllAsync(GrantEnds.Lockdown);
        }
    }

    private async Task KeepGrantsAsync()
    {
        var kept = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _reactor.Post(async () => kept.SetResult(await Parts.Grants.StopAsync()));
        if (await kept.Task is { } problem)
        {
            LogEvents.GrantsNotLoaded(_log, problem);
        }
    }

    private async Task CheckGrantsAsync()
    {
        try
        {
            await Parts.CheckGrantsAsync();
        }
        catch (AuditException e)
        {
            LogEvents.GrantsNotLoaded(_log, $"the grants could not be compared with the audit log: {e.Message}");
        }
    }

    private void LoadHandlers(ManifestSet manifests)
    {
        Parts.Handlers.Registry.Take(manifests);
        LogProblems(manifests);
        _ = Parts.Handlers.Switching.LoadAsync();
        if (Parts.Handlers.Switching.Problem is { } problem)
        {
            LogEvents.HandlersNotRead(_log, problem);
        }
    }

    /// <summary>What verdicts entail has as long as what is in flight; then no program runs any more.</summary>
    private async Task EndHandlersAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _reactor.Post(async () =>
        {
            await Parts.Effects.Idle;
            done.TrySetResult();
        });
        await Task.WhenAny(done.Task, Task.Delay(Parts.Options.DrainTime));
        _reactor.Post(Parts.Handlers.Stop);
    }

    // The manifests are read with the rules: a reload, or a change on disk, is of both.
    private void OnRulesChanged(RuleStoreStatus status)
    {
        var manifests = Parts.Handlers.Read();
        _reactor.Post(() =>
        {
            Parts.InForce.Take(status);
            Parts.Handlers.Registry.Take(manifests);
            LogProblems(manifests);
        });
    }

    private void LogProblems(ManifestSet manifests)
    {
        foreach (var problem in manifests.Problems)
        {
            LogEvents.HandlersNotRead(_log, problem.ToString());
        }
    }

    // Once more after the watch has begun: a change between the first reading and the watch is not missed.
    private void WatchRules()
    {
        // Before the watch, whose buffer stays where it is: idle memory is 2 MB less, and a daemon idles for days.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Parts.Rules.Watch();
        Parts.Rules.Load();
    }

    private SocketFacts Open(ServedSocket socket)
    {
        var isOperator = socket.Role == CallerRoles.Operator;
        var door = new Door(socket.Name, socket.Role);
        var lineCap = isOperator ? ProtocolLimits.OperatorLineBytes : ProtocolLimits.AskLineBytes;
        _ports.Add(_reactor.Listen((int)socket.Listener.Handle.DangerousGetHandle(), lineCap, _admission.For(door)));
        return new(
            socket.Name,
            socket.Role switch { CallerRoles.Operator => Protocol.Methods.SocketRole.Operator, CallerRoles.Ask => Protocol.Methods.SocketRole.Ask, _ => socket.Name },
            socket.Name,
            socket.Listener.Address.ToString(),
            socket.Listener.IsInherited,
            () => door.Connections);
    }

    private void Run()
    {
        try
        {
            _reactor.Run();
        }
        catch (Exception e)
        {
            // Nothing is served any more: better to be restarted by the service manager than to sit here deaf.
            LogEvents.ReactorFault(_log, e);
            Environment.ExitCode = SoftwareFault;
            _drain.Abandon();
            Faulted?.Invoke();
        }
    }
}
