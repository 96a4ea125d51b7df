using System.Text.Json.Serialization;

namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Parameters of <c>grants.revoke</c>: exactly one of both.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record GrantsRevokeParams
{
    /// <summary>The grant's id.</summary>
    public string? Id { get; init; }

    /// <summary>True: every grant.</summary>
    public bool? All { get; init; }
}
