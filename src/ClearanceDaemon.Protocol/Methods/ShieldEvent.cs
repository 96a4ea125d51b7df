using System.Text.Json;

namespace ClearanceDaemon.Protocol.Methods;

/// <summary>What a container firewall reported of one of its containers. Claimed by the reporter, like everything that comes through its socket.</summary>
public sealed record ShieldEvent
{
    /// <summary>The handler that heard it, such as <c>terok-shield</c>.</summary>
    public required string Handler { get; init; }

    /// <summary><c>container_started</c>, <c>container_exited</c>, <c>shield_up</c>, <c>shield_down</c>, <c>shield_down_all</c> or <c>shield_disengaged</c>; ignore what you don't know.</summary>
    public required string Kind { get; init; }

    /// <summary>The container.</summary>
    public required string Container { get; init; }

    /// <summary>Why, as far as it was said.</summary>
    public string? Reason { get; init; }

    /// <summary>What else was said of it: strings, numbers and bools.</summary>
    public Dictionary<string, JsonElement>? Dossier { get; init; }
}
