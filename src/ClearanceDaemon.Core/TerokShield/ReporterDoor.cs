using System.ComponentModel;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Metrics;
using ClearanceDaemon.Core.Sessions;
using ClearanceDaemon.Core.Transport;
using Microsoft.Extensions.Logging;
using UnixPeers;

namespace ClearanceDaemon.Core.TerokShield;

/// <summary>
/// The socket that terok-shield reports to, opened and closed while the daemon runs: lets in our own user's programs, hands
/// their lines on, and never takes the address of a live hub. For the reactor's thread; disposed when that has ended and
/// before the reactor.
/// </summary>
/// <param name="reactor">Whose turns the lines come in.</param>
/// <param name="gate">Who may come in.</param>
/// <param name="counters">The daemon's, for connections.</param>
/// <param name="intake">Where lines go.</param>
/// <param name="log">For what happens to the socket.</param>
internal sealed class ReporterDoor(Reactor reactor, PeerGate gate, Counters counters, ShieldIntake intake, ILogger log) : IAcceptor, IDisposable
{
    public const string Label = "terok-shield event socket";
    private const string FileName = "terok-shield-events.sock";
    private readonly Quotas _quotas = new(new(ShieldLimits.Connections, ShieldLimits.ConnectionsPerProcess, OperatorConnections: 0, InFlight: 0));
    private readonly HashSet<Reporter> _reporters = [];
    private Task<string?>? _opening;
    private ListenerPort? _port;
    private UnixListener? _listener;
    private UnixListener? _bound;
    private FileIdentity? _file;
    private string? _problem;
    private volatile bool _isDisposed;

    /// <summary>Where the socket belongs; asked off the reactor's thread, and may refuse with a <see cref="UnixSocketException"/>.</summary>
    public Func<string> Path { get; init; } = static () => RuntimeDirectory.RuntimePath(FileName);

    /// <summary>True from when it was opened until it is closed, also while the socket cannot be had.</summary>
    public bool IsOn { get; private set; }

    /// <summary>The address while reports are heard there.</summary>
    public string? Address => IsOn ? _listener?.Address.ToString() : null;

    /// <summary>What keeps it from hearing reports, and what to do; null when nothing does.</summary>
    public string? Problem => IsOn ? _problem ?? Replaced() : null;

    public int Connections => _reporters.Count;

    public ReadOnlySpan<byte> NoDescriptors => default;

    internal ShieldIntake Intake => intake;

    /// <summary>Takes over a listener of a service manager. Until the door is opened callers are turned away, so that none is left waiting.</summary>
    public void Adopt(UnixListener inherited) => Serve(inherited);

    /// <summary>Opens the door; the problem when that cannot be done now. Opening it again tries again.</summary>
    public Task<string?> OpenAsync()
    {
        IsOn = true;
        if (_listener is not null)
        {
            return Task.FromResult(Problem);
        }

        return _opening is { IsCompleted: false } ? _opening : _opening = BindAndServeAsync();
    }

    /// <summary>Hears no more reports and removes the socket's file if it is its own. An inherited listener turns callers away.</summary>
    public void Close()
    {
        IsOn = false;
        if (_listener is { IsInherited: false })
        {
            StopServing();
        }

        foreach (var reporter in _reporters.ToArray())
        {
            reporter.Close();
        }
    }

    public ILineSink? Admit(Connection connection, out ReadOnlySpan<byte> farewell)
    {
        farewell = default;
        counters.Add(Counter.Connections);
        if (gate.Admit(connection.Descriptor, ShieldIntake.Via) is not { } peer || !IsOn)
        {
            return null;
        }

        if (!_quotas.TryEnter(CallerRoles.Ask, peer.Pid))
        {
            counters.Add(Counter.RefusedBusy);
            intake.Counts.Drop("busy", "its sender has too many connections, or all have together");
            return null;
        }

        counters.Add(Counter.ConnectionsOpen);
        var reporter = new Reporter(this, connection, peer);
        _reporters.Add(reporter);
        return reporter;
    }

    public void OnClosed(Reporter reporter)
    {
        _reporters.Remove(reporter);
        _quotas.Leave(CallerRoles.Ask, reporter.Peer.Pid);
        counters.Add(Counter.ConnectionsOpen, -1);
    }

    public void Dispose()
    {
        _isDisposed = true;
        TakeBound()?.Dispose();
        StopServing();
    }

    private async Task<string?> BindAndServeAsync()
    {
        _problem = await Task.Run(Bind);
        if (TakeBound() is not { } listener)
        {
            if (_problem is not null)
            {
                LogEvents.ShieldDoorShut(log, _problem);
            }

            return _problem;
        }

        if (!IsOn)
        {
            listener.Dispose();
            return "it was switched off again";
        }

        return Serve(listener);
    }

    // On a pool thread: the ritual looks at files and connects. What was bound lies in _bound, for whoever comes first: the
    // reactor's thread or, when that has ended meanwhile, Dispose.
    private string? Bind()
    {
        try
        {
            var listener = UnixListener.Bind(UnixAddress.FromPath(Path()), new() { Label = Label, Warn = warning => LogEvents.Warning(log, warning) });
            _file = listener.Address.Path is { } path ? FileIdentity.Of(path) : null;
            Volatile.Write(ref _bound, listener);
            if (_isDisposed)
            {
                TakeBound()?.Dispose();
            }

            return null;
        }
        catch (UnixSocketException e)
        {
            return $"{e.Message} Then run: clearance handlers enable terok-shield";
        }
    }

    private UnixListener? TakeBound() => Interlocked.Exchange(ref _bound, null);

    private string? Serve(UnixListener listener)
    {
        try
        {
            _port = reactor.Listen((int)listener.Handle.DangerousGetHandle(), ShieldLimits.LineBytes, this);
        }
        catch (Win32Exception e)
        {
            listener.Dispose();
            return _problem = $"{Label} {listener.Address}: {e.Message}. Close some programs, then run: clearance handlers enable terok-shield";
        }

        (_listener, _problem) = (listener, null);
        LogEvents.ShieldDoorOpen(log, listener.Address.ToString());
        return null;
    }

    private void StopServing()
    {
        _port?.Close();
        _listener?.Dispose();
        (_port, _listener) = (null, null);
    }

    // Hubs of other makes unlink whatever is there: better to say so than to listen at no address.
    private string? Replaced() =>
        _listener is { IsInherited: false, Address.Path: { } path } && FileIdentity.Of(path) != _file
            ? $"{Label} {path}: another program removed or replaced the socket. Stop it, then run: clearance handlers disable terok-shield; clearance handlers enable terok-shield"
            : null;
}
