using ClearanceDaemon.Core.Metrics;

namespace ClearanceDaemon.Core.Handlers;

/// <summary>What the handlers tell about the server around them. The server fills it in before it serves.</summary>
internal sealed class ServerFacts
{
    public string Version { get; init; } = "0";

    /// <summary>Empty for the default instance.</summary>
    public string Instance { get; init; } = "";

    public DateTimeOffset Started { get; init; }

    /// <summary>Unanswered requests allowed on one connection.</summary>
    public int InFlight { get; init; }

    public IReadOnlyList<SocketFacts> Sockets { get; set; } = [];

    /// <summary>Names of sockets that were configured but not handed over by the service manager.</summary>
    public IReadOnlyList<string> NotServed { get; init; } = [];

    /// <summary>The kernel lets this process start no program.</summary>
    public bool ExecForbidden { get; init; }

    public IReadOnlyDictionary<string, long> Limits { get; init; } = new Dictionary<string, long>();

    public required Counters Counters { get; init; }
}
