using System.Text.Json;

namespace ClearanceDaemon.Protocol.Methods;

/// <summary>A verdict that stands for further asks.</summary>
public sealed record GrantItem
{
    /// <summary>The grant's id, 32 lower-case hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>One of <see cref="VerdictWord"/>.</summary>
    public required string Verdict { get; init; }

    /// <summary>Whose asks it answers.</summary>
    public required GrantSubject Subject { get; init; }

    /// <summary>The bound members with their values; null means absent.</summary>
    public required Dictionary<string, JsonElement> Match { get; init; }

    /// <summary>As it was decided.</summary>
    public required GrantScope Scope { get; init; }

    /// <summary>When, RFC 3339 UTC.</summary>
    public required string Made { get; init; }

    /// <summary>When it ends at the latest, RFC 3339 UTC.</summary>
    public string? Expires { get; init; }

    /// <summary>Asks it still answers.</summary>
    public int? UsesLeft { get; init; }

    /// <summary>The principal it ends with, for <c>until-exit</c>.</summary>
    public int? Pid { get; init; }

    /// <summary>The rule within whose scopes and ceiling it stands; absent for an ask no rule matched.</summary>
    public string? Rule { get; init; }
}
