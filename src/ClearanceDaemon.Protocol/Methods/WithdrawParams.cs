using System.Text.Json.Serialization;

namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Parameters of <c>clearance.withdraw</c>: take a pending ask back. Exactly one member.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record WithdrawParams
{
    /// <summary>The ask's id.</summary>
    public string? Id { get; init; }

    /// <summary>The asker's own name for it.</summary>
    public string? Key { get; init; }

    /// <summary>The id of the unanswered request on this connection.</summary>
    public RpcId? Request { get; init; }
}
