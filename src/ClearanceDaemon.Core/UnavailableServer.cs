using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Metrics;
using ClearanceDaemon.Core.Sessions;
using ClearanceDaemon.Core.Time;
using ClearanceDaemon.Core.Transport;
using ClearanceDaemon.Protocol;
using Microsoft.Extensions.Logging.Abstractions;
using UnixPeers;

namespace ClearanceDaemon.Core;

/// <summary>
/// What an activated daemon that cannot start does with its sockets: it keeps them and answers every line
/// <c>unavailable</c> with the reason, until nobody has asked for a while. Exiting at once would have the next caller
/// start it again, thousands of times a second.
/// </summary>
public sealed class UnavailableServer : IDisposable
{
    /// <summary>How long without a connection before it exits, so that a mended configuration is found by the next start.</summary>
    public static readonly TimeSpan DefaultIdle = TimeSpan.FromSeconds(15);

    private readonly Reactor _reactor;
    private readonly Admission _admission;
    private readonly TimeSpan _idle;
    private TurnTimer? _exit;

    /// <summary>Listens on descriptors that stay the caller's.</summary>
    public UnavailableServer(IEnumerable<int> listeners, string reason, TimeSpan? idle = null)
    {
        ArgumentNullException.ThrowIfNull(listeners);
        _idle = idle ?? DefaultIdle;
        var counters = new Counters();
        var dispatcher = new Dispatcher(new MethodTable([]), counters, NullLogger<Dispatcher>.Instance) { Unavailable = reason };
        var turn = new NothingToRecord();
        _reactor = new(PollerChoice.Create(), turn, new ReactorLimits(), new TurnTimers());
        _admission = new(turn, dispatcher, new Quotas(new ClearanceOptions().Quotas), counters, turn, OwnUser.Uid);
        foreach (var listener in listeners)
        {
            _reactor.Listen(listener, ProtocolLimits.AskLineBytes, _admission.For(new Door("unavailable", CallerRoles.Ask)));
        }
    }

    /// <summary>Serves until idle or stopped.</summary>
    public void Run()
    {
        _admission.Progressed = RestartIdle;
        RestartIdle();
        _reactor.Run();
    }

    /// <summary>From any thread: <see cref="Run"/> returns.</summary>
    public void Stop() => _reactor.Stop();

    /// <summary>From any thread: runs an action again and again while the loop turns.</summary>
    public void EveryWhileAlive(TimeSpan period, Action action) => _reactor.Post(() => _reactor.Timers.Every(period, action));

    /// <inheritdoc/>
    public void Dispose() => _reactor.Dispose();

    private void RestartIdle()
    {
        _exit?.Cancel();
        _exit = _reactor.Timers.Schedule(_idle, ExitIfIdle);
    }

    private void ExitIfIdle()
    {
        if (_admission.Sessions.Count == 0)
        {
            _reactor.Stop();
        }
    }

    private sealed class NothingToRecord : ITurn, IRefusals
    {
        public bool HasUncommitted => false;

        public bool IsFull => false;

        public void Begin()
        {
        }

        public bool Commit() => true;

        public void OnRefused(string via, uint? uid, int? pid, string reason)
        {
        }
    }
}
