using ClearanceDaemon.Core.External;

namespace ClearanceDaemon.Core;

/// <summary>What is known before the host is built: the addresses that were bound and where things are kept.</summary>
public sealed record ClearanceSetup
{
    /// <summary>The sockets to serve.</summary>
    public required IReadOnlyList<ServedSocket> Sockets { get; init; }

    /// <summary>Directories of rule files, or single files.</summary>
    public required IReadOnlyList<string> RulePaths { get; init; }

    /// <summary>A person named the paths, so each must exist.</summary>
    public bool RulesAreNamed { get; init; }

    /// <summary>Directories of handlers' manifests; empty for a host whose handlers are all compiled in.</summary>
    public IReadOnlyList<string> HandlerPaths { get; init; } = [];

    /// <summary>Where the handlers process listens, a path; null for none, and then no program is ever run.</summary>
    public string? HandlersSocket { get; init; }

    /// <summary>The socket that terok-shield reports to, where a service manager made it; heard once the handler is on. The server disposes it.</summary>
    public UnixPeers.UnixListener? ShieldListener { get; init; }

    /// <summary>Where terok-shield's reports are heard once that is switched on; null for its own place, <c>terok-shield-events.sock</c> in the runtime directory.</summary>
    public string? ShieldSocket { get; init; }

    /// <summary>How long is waited for the handlers process.</summary>
    internal LinkLimits HandlersPatience { get; init; } = new();

    /// <summary>The clock of handlers' rests.</summary>
    internal TimeProvider HandlersClock { get; init; } = TimeProvider.System;

    /// <summary>The directory of audit log and anchor, private to this instance.</summary>
    public required string StateDirectory { get; init; }

    /// <summary>Empty for the default instance.</summary>
    public string Instance { get; init; } = "";

    /// <summary>Shown in status and hello.</summary>
    public string Version { get; init; } = "0";

    /// <summary>Names of sockets the service manager did not hand over.</summary>
    public IReadOnlyList<string> NotServed { get; init; } = [];

    /// <summary>The kernel was told to let this process start no program; shown in status.</summary>
    public bool ExecForbidden { get; init; }

    /// <summary>Why nothing can be served but <c>unavailable</c>; null when all is well.</summary>
    public string? Unavailable { get; init; }
}
