namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Parameters of the notification <c>clearance.asked</c>: an ask now waits for a person.</summary>
public sealed record AskedNotification
{
    /// <summary>The id of the request that waits.</summary>
    public required RpcId Request { get; init; }

    /// <summary>The ask's id, for <c>clearance.wait</c> and <c>clearance.withdraw</c>.</summary>
    public required string Id { get; init; }

    /// <summary><c>sha256:</c> and hex over the canonical ask.</summary>
    public required string Digest { get; init; }

    /// <summary>When the wait ends, RFC 3339 UTC.</summary>
    public required string Deadline { get; init; }
}
