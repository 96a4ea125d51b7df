using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.External.Manifests;
using ClearanceDaemon.Core.External.Orders;
using ClearanceDaemon.Core.Handlers;
using ClearanceDaemon.Core.Metrics;
using ClearanceDaemon.Core.Sessions;
using ClearanceDaemon.Core.Time;
using ClearanceDaemon.Core.Transport;
using Microsoft.Extensions.Logging;
using UnixPeers;
using CoreLibC = ClearanceDaemon.Core.Native.LibC;

namespace ClearanceDaemon.HandlersMode;

/// <summary>
/// Takes orders from our own user, and from nobody else, on one socket, and runs what they are for. Everything is ended
/// when the last of those who could hear an answer is gone. One thread: the one that calls <see cref="Run"/>.
/// </summary>
internal sealed class HandlersServer : IDisposable
{
    private readonly HandlersSetup _setup;
    private readonly ILogger _log;
    private readonly Reactor _reactor;
    private readonly Children _children;
    private readonly HandlerRunners _runners;
    private readonly Admission _admission;
    private readonly ListenerPort _port;
    private TurnTimer? _idle;
    private bool _stopping;

    public HandlersServer(HandlersSetup setup)
    {
        _setup = setup;
        _log = setup.Logs.CreateLogger<HandlersServer>();
        var turn = new NothingToRecord(_log);
        _reactor = new(PollerChoice.Create(), turn, new ReactorLimits(), new TurnTimers()) { Faulted = e => HandlersLog.Fault(_log, e) };
        _children = new(_reactor) { Progressed = OnProgress };
        _runners = new(new(_reactor, _children, _log), new(setup.LoadManifests));
        IRequestHandler[] handlers = [new PingHandler(), new RunHandler(_runners), new KeepHandler(_runners)];
        var counters = new Counters();
        var dispatcher = new Dispatcher(new MethodTable(handlers), counters, setup.Logs.CreateLogger<Dispatcher>());
        const int InFlight = ManifestLimits.Handlers * ManifestLimits.MostConcurrency;
        var quotas = new Quotas(new(0, 0, HandlersLimits.Connections, InFlight));
        _admission = new(turn, dispatcher, quotas, counters, new PeerGate(counters, turn, OwnUser.Uid)) { Progressed = OnProgress };
        var door = new Door("handlers", CallerRoles.Operator);
        _port = _reactor.Listen((int)setup.Listener.DangerousGetHandle(), OrderMethods.LineBytes, _admission.For(door));
    }

    /// <summary>Serves until it is stopped, its life line ends, or it has been idle; everything it started is gone by then.</summary>
    public void Run()
    {
        WatchLifeLine();
        OnProgress();
        _reactor.Run();
        GC.KeepAlive(_setup.Listener);
    }

    /// <summary>From any thread: kills everything, then <see cref="Run"/> returns.</summary>
    public void Stop(string reason) => _reactor.Post(() => BeginStop(reason));

    public void Dispose()
    {
        _children.Dispose();
        _reactor.Dispose();
    }

    private void WatchLifeLine()
    {
        if (_setup.LifeLine >= 0)
        {
            _reactor.Watch(_setup.LifeLine, OnLifeLine);
        }
    }

    private unsafe void OnLifeLine()
    {
        byte ignored;
        if (CoreLibC.read(_setup.LifeLine, &ignored, 1) > 0)
        {
            WatchLifeLine();
        }
        else
        {
            BeginStop("the daemon is gone");
        }
    }

    private void OnProgress()
    {
        if (_stopping)
        {
            StopWhenEmpty();
            return;
        }

        if (_admission.Sessions.Count > 0)
        {
            _idle?.Cancel();
            _idle = null;
            return;
        }

        _runners.RetireAll();
        if (_setup.IdleExit is { } time && _idle is null)
        {
            _idle = _reactor.Timers.Schedule(time, OnIdle);
        }
    }

    private void OnIdle()
    {
        _idle = null;
        if (_admission.Sessions.Count == 0 && _children.AreNone)
        {
            BeginStop("nobody needs it");
        }
        else
        {
            OnProgress();
        }
    }

    private void BeginStop(string reason)
    {
        if (_stopping)
        {
            return;
        }

        _stopping = true;
        HandlersLog.Stopping(_log, reason);
        _port.Close();
        _runners.Stop();
        _children.EndAll();
        _reactor.Timers.Schedule(HandlersLimits.Stop, () =>
        {
            HandlersLog.GaveUp(_log, _children.Count);
            _reactor.Stop();
        });
    }

    private void StopWhenEmpty()
    {
        if (_children.AreNone)
        {
            _reactor.Stop();
        }
    }
}
