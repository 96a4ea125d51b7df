using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Parameters of <c>clearance.ask</c>: may I do this? The limits of every member are in <see cref="ProtocolLimits"/>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public record AskParams
{
    /// <summary>What is to be done: up to eight dotted segments of <c>a-z 0-9 _ -</c>, such as <c>net.connect</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What it is to be done to, such as <c>api.github.com:443</c>.</summary>
    public string? Resource { get; init; }

    /// <summary>Flat members of string, bool or integer; rules and digest see them.</summary>
    public Dictionary<string, JsonElement>? Details { get; init; }

    /// <summary>The command line, where there is one.</summary>
    public string[]? Argv { get; init; }

    /// <summary>One line for the person who decides.</summary>
    public string? Title { get; init; }

    /// <summary>Why the asker wants it, in its own words; never believed, always shown.</summary>
    public string? Reason { get; init; }

    /// <summary>The directory the work belongs to.</summary>
    public string? Project { get; init; }

    /// <summary>Whose ask it is: <c>self</c> (default), <c>parent</c> or <c>session</c>.</summary>
    public string? As { get; init; }

    /// <summary>How long to wait for a person, a duration such as <c>90s</c>; default <c>60s</c>. <c>0s</c> asks rules and grants alone.</summary>
    public string? Wait { get; init; }

    /// <summary>The asker's own name for this ask, scoped to its socket: the ask then outlives its connection.</summary>
    public string? Key { get; init; }
}
