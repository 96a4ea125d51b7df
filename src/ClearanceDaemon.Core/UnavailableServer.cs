using System.Runtime.InteropServices;
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
/// <c>unavailable</c> with the reason, for a short while. Exiting at once would have the next caller start it again,
/// thousands of times a second; staying would hide that the configuration was mended.
/// </summary>
public sealed class UnavailableServer : IDisposable
{
    /// <summary>How long without a line or a new connection before it exits; connections that only stay open don't count.</summary>
    public static readonly TimeSpan DefaultIdle = TimeSpan.FromSeconds(15);

    /// <summary>How long at most, however much is asked: then the next caller's start finds a mended configuration.</summary>
    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromSeconds(60);

    /// <summary>Looks at activity so often in an idle time, which is exact to one of these.</summary>
    private const int LooksPerIdle = 3;

    private readonly Reactor _reactor;
    private readonly Counters _counters = new();
    private readonly SafeHandle[] _listeners;
    private readonly TimeSpan _idle;
    private readonly TimeSpan _lifetime;
    private long _seen;
    private int _quietLooks;

    /// <summary>Listens on sockets that stay the caller's, who closes them after <see cref="Run"/>.</summary>
    public UnavailableServer(IEnumerable<SafeHandle> listeners, string reason, TimeSpan? idle = null, TimeSpan? lifetime = null)
    {
        ArgumentNullException.ThrowIfNull(listeners);
        _listeners = [.. listeners];
        _idle = idle ?? DefaultIdle;
        _lifetime = lifetime ?? DefaultLifetime;
        var dispatcher = new Dispatcher(new MethodTable([]), _counters, NullLogger<Dispatcher>.Instance) { Unavailable = reason };
        var turn = new NothingToRecord();
        _reactor = new(PollerChoice.Create(), turn, new ReactorLimits(), new TurnTimers());
        var admission = new Admission(turn, dispatcher, new Quotas(new ClearanceOptions().Quotas), _counters, new PeerGate(_counters, turn, OwnUser.Uid));
        foreach (var listener in _listeners)
        {
            _reactor.Listen((int)listener.DangerousGetHandle(), ProtocolLimits.AskLineBytes, admission.For(new Door("unavailable", CallerRoles.Ask)));
        }
    }

    /// <summary>Serves until idle, its lifetime is over, or stopped; closes what is still connected.</summary>
    public void Run()
    {
        _reactor.Timers.Every(_idle / LooksPerIdle, StopWhenIdle);
        _reactor.Timers.Schedule(_lifetime, _reactor.Stop);
        _reactor.Run();

        // The reactor knows numbers only: without this a handle nobody else holds is finalized, and its socket closed under it.
        GC.KeepAlive(_listeners);
    }

    /// <summary>From any thread: <see cref="Run"/> returns.</summary>
    public void Stop() => _reactor.Stop();

    /// <summary>From any thread: runs an action again and again while the loop turns.</summary>
    public void EveryWhileAlive(TimeSpan period, Action action) => _reactor.Post(() => _reactor.Timers.Every(period, action));

    /// <inheritdoc/>
    public void Dispose() => _reactor.Dispose();

    private void StopWhenIdle()
    {
        var seen = _counters.Read(Counter.Connections) + _counters.Read(Counter.Requests);
        _quietLooks = seen == _seen ? _quietLooks + 1 : 0;
        _seen = seen;
        if (_quietLooks >= LooksPerIdle)
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
