using System.Text.Json.Serialization;

namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Parameters of <c>clearance.pending</c>: one page of the asks that wait, oldest first.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PendingParams
{
    /// <summary>The <see cref="PendingResult.Next"/> of the page before; absent for the first.</summary>
    public long? After { get; init; }

    /// <summary>The most items wanted, 1 to <see cref="ProtocolLimits.PageItems"/>, the default. A page is shorter where its line would be too long.</summary>
    public int? Limit { get; init; }
}
