using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.External;
using ClearanceDaemon.Core.External.Manifests;
using ClearanceDaemon.Core.TerokShield;
using Microsoft.Extensions.Logging;
using UnixPeers;

namespace ClearanceDaemon.Core;

/// <summary>The parts of a server that have to do with handlers that are not its own methods. Owns what it opens.</summary>
internal sealed class HandlerParts : IDisposable
{
    private readonly ServerParts _parts;
    private ReporterDoor? _door;

    public HandlerParts(ServerParts parts)
    {
        _parts = parts;
        Paths = parts.Setup.HandlerPaths;
        Journal = new(parts.Audit, parts.Events, parts.Logs.CreateLogger<HandlerJournal>());
        Link = parts.Setup.HandlersSocket is { } path ? new(UnixAddress.FromPath(path), parts.Reactor, parts.Setup.HandlersPatience) : null;
        Registry = new(Link, Journal, parts.Timers, parts.Setup.HandlersClock);
        Switching = new(Registry, new HandlerSwitchesFile(parts.Setup.StateDirectory), parts.Audit, Journal);
        Report = new(Registry, Switching);
    }

    public IReadOnlyList<string> Paths { get; }

    public HandlerJournal Journal { get; }

    public HandlersLink? Link { get; }

    /// <summary>What hears terok-shield's reports; null before <see cref="AddShield"/>.</summary>
    public ShieldIntake? Shield { get; private set; }

    public HandlerRegistry Registry { get; }

    public HandlerSwitching Switching { get; }

    public HandlerReport Report { get; }

    /// <summary>Adds the handler for terok-shield, whose reports the desk decides.</summary>
    public void AddShield(IReportedAsks asks)
    {
        Shield = new(asks, _parts.Audit, _parts.Events, _parts.Timers, _parts.Logs.CreateLogger<ShieldIntake>());
        var log = _parts.Logs.CreateLogger<ReporterDoor>();
        _door = _parts.Setup.ShieldSocket is { } path
            ? new(_parts.Reactor, _parts.Gate, _parts.Counters, Shield, log) { Path = () => path }
            : new(_parts.Reactor, _parts.Gate, _parts.Counters, Shield, log);
        if (_parts.Setup.ShieldListener is { } listener)
        {
            _door.Adopt(listener);
        }

        Registry.Add(new TerokShieldHandler(_door, Link, Journal, _parts.Setup.HandlersClock));
    }

    /// <summary>Reads the manifests. Not on the reactor's thread once that runs.</summary>
    public ManifestSet Read() => ManifestLoader.Load(Paths);

    /// <summary>No more reports are heard. On the reactor's thread.</summary>
    public void StopHearing() => _door?.Close();

    /// <summary>No program is run any more. On the reactor's thread.</summary>
    public void Stop() => Link?.Stop();

    public void Dispose() => _door?.Dispose();
}
