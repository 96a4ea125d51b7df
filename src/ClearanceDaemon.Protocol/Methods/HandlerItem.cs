namespace ClearanceDaemon.Protocol.Methods;

/// <summary>One handler that the daemon knows of.</summary>
public sealed record HandlerItem
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>One of <see cref="HandlerKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Whether it is switched on.</summary>
    public required bool Enabled { get; init; }

    /// <summary>One of <see cref="HandlerState"/>.</summary>
    public required string State { get; init; }

    /// <summary>What keeps it from working, and what to do.</summary>
    public string? Problem { get; init; }

    /// <summary>The absolute path of its manifest; absent for what is compiled in.</summary>
    public string? File { get; init; }

    /// <summary>The methods it answers, each with the role that may call it: <c>ask</c> or <c>operator</c>.</summary>
    public Dictionary<string, string>? Methods { get; init; }

    /// <summary>Patterns of the actions it decides.</summary>
    public string[]? Decides { get; init; }

    /// <summary>Patterns of the actions whose verdicts it carries out.</summary>
    public string[]? Effects { get; init; }

    /// <summary>How long one request may take, a duration.</summary>
    public string? Deadline { get; init; }

    /// <summary>The address of a socket of its own, where it has one that is served.</summary>
    public string? Socket { get; init; }

    /// <summary>Requests it has not answered yet.</summary>
    public required int InFlight { get; init; }

    /// <summary>Requests it was given since the daemon's start.</summary>
    public required long Calls { get; init; }

    /// <summary>How many of them failed.</summary>
    public required long Failures { get; init; }

    /// <summary>The last failure; absent when there was none since it last answered.</summary>
    public HandlerFailure? LastFailure { get; init; }

    /// <summary>When it is tried again, RFC 3339 UTC; absent while nothing keeps it from being tried now.</summary>
    public string? RetryAt { get; init; }

    /// <summary>Counters of its own, by name, such as <c>unknown:shield_paused</c> for lines of a kind it does not know.</summary>
    public Dictionary<string, long>? Counters { get; init; }
}
