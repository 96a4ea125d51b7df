using System.Text.Json.Serialization;

namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Parameters of <c>grants.list</c>: one page, oldest first.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record GrantsListParams
{
    /// <summary>The <see cref="GrantsListResult.Next"/> of the page before; absent for the first.</summary>
    public long? After { get; init; }

    /// <summary>The most items wanted, 1 to <see cref="ProtocolLimits.PageItems"/>, the default.</summary>
    public int? Limit { get; init; }
}
