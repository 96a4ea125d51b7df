using System.Text.Json.Serialization;

namespace ClearanceDaemon.Protocol.Methods;

/// <summary>For how long a verdict stands: <c>duration</c> goes with <c>for</c>, <c>uses</c> with <c>uses</c>, neither with the others.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record GrantScope
{
    /// <summary>One of <see cref="ScopeKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>How long, a duration such as <c>2h</c>.</summary>
    public string? Duration { get; init; }

    /// <summary>How many further asks, 1 to <see cref="ProtocolLimits.GrantUses"/>.</summary>
    public int? Uses { get; init; }
}
