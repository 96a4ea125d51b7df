using ClearanceDaemon.Configuration;
using ClearanceDaemon.Core;
using ClearanceDaemon.Native;
using UnixPeers;

namespace ClearanceDaemon;

/// <summary>One daemon's claim on its places: the lock, the sockets, and in the ephemeral case the directory. Made before the host, given back after it.</summary>
internal sealed class Instance : IDisposable
{
    private EphemeralDirectory? _ephemeral;
    private InstanceLock? _lock;
    private UnixListener? _shield;

    private Instance(Places places, ClearanceOptions options)
    {
        Places = places;
        Options = options;
    }

    public Places Places { get; }

    public ClearanceOptions Options { get; }

    public IReadOnlyList<ServedSocket> Sockets { get; private set; } = [];

    public IReadOnlyList<string> NotServed { get; private set; } = [];

    /// <summary>The ephemeral directory; null for a lasting instance.</summary>
    public string? Directory => _ephemeral?.Path;

    /// <summary>Claims everything or throws and leaves nothing claimed.</summary>
    public static Instance Claim(DaemonArguments arguments, IReadOnlyList<InheritedSocket> inherited, Action<string> warn)
    {
        var ephemeral = arguments.Ephemeral ? EphemeralPlace.Create() : null;
        Instance? instance = null;
        try
        {
            var places = ephemeral is null ? Places.OfInstance(arguments.Instance) : Places.OfEphemeral(ephemeral.Path);
            instance = new(places, Fit(Settings.Load(places.Settings, arguments.LogLevel), warn)) { _ephemeral = ephemeral };
            instance.TakeLock();
            instance.TakeSockets(arguments, inherited, warn);
            return instance;
        }
        catch
        {
            instance?.Dispose();
            ephemeral?.Dispose();
            throw;
        }
    }

    public ClearanceSetup Setup(DaemonArguments arguments, string version) => new()
    {
        Sockets = Sockets,
        NotServed = NotServed,
        RulePaths = arguments.Rules.Count > 0 ? arguments.Rules : RulePaths(),
        RulesAreNamed = arguments.Rules.Count > 0,
        HandlerPaths = HandlerPaths(),
        HandlersSocket = Places.HandlersSocket,
        ShieldListener = _shield,
        StateDirectory = Places.State,
        Instance = arguments.Instance,
        Version = version,
    };

    public void Dispose()
    {
        foreach (var socket in Sockets)
        {
            socket.Listener.Dispose();
        }

        _shield?.Dispose();
        _lock?.Dispose();
        _ephemeral?.Dispose();
        _ephemeral = null;
    }

    private static ClearanceOptions Fit(ClearanceOptions wanted, Action<string> warn)
    {
        var limit = DescriptorLimit.Current;
        var options = limit == 0 ? wanted : wanted.Within(limit);

        // Somewhat fewer than the generous default is no news; status tells the numbers in force in any case.
        if (options.MaxConnections < wanted.MaxConnections / 2)
        {
            warn(
                $"the limit of {limit} open files has no room for maxConnections {wanted.MaxConnections} and maxOperatorConnections {wanted.MaxOperatorConnections}: "
                + $"{options.MaxConnections} ({options.MaxConnectionsPerProcess} of one process) and {options.MaxOperatorConnections} are in force; raise the hard limit (LimitNOFILE=), or set less");
        }

        return options;
    }

    private IReadOnlyList<string> HandlerPaths() => _ephemeral is null ? Places.Handlers : [Places.Handlers[0]];

    private IReadOnlyList<string> RulePaths() => _ephemeral is null ? Places.Rules : [Places.Rules[0]];

    // Before rules, audit and sockets, and also when activated: two daemons must never write one audit log.
    private void TakeLock()
    {
        PrivateDirectory.Ensure(Places.Runtime, "runtime directory", owned: true);
        _lock = InstanceLock.Acquire(Places.Lock, "instance lock");
        if (_ephemeral is not null)
        {
            PrivateDirectory.Ensure(Places.Config, "settings directory", owned: true);
            PrivateDirectory.Ensure(Places.Rules[0], "rules directory", owned: true);
            PrivateDirectory.Ensure(Places.Handlers[0], "handlers directory", owned: true);
        }
    }

    private void TakeSockets(DaemonArguments arguments, IReadOnlyList<InheritedSocket> inherited, Action<string> warn)
    {
        if (inherited.Count == 0)
        {
            Sockets = SocketPlan.Bind(Places, arguments, Options, warn);
            return;
        }

        Sockets = SocketPlan.Adopt(inherited, Options, out var notServed);
        NotServed = notServed;
        _shield = SocketPlan.AdoptShield(inherited);
    }
}
