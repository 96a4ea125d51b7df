using System.Text.Json;

namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Parameters of the notification <c>clearance.event</c>.</summary>
public sealed record ClearanceEvent
{
    /// <summary>Rises by one with every event; those of a snapshot all carry the snapshot's own.</summary>
    public required long Seq { get; init; }

    /// <summary>The epoch.</summary>
    public required string Epoch { get; init; }

    /// <summary>RFC 3339 UTC.</summary>
    public required string Time { get; init; }

    /// <summary>One of <see cref="EventType"/>; ignore what you don't know.</summary>
    public required string Type { get; init; }

    /// <summary>The ask or grant it is about.</summary>
    public string? Id { get; init; }

    /// <summary>By type.</summary>
    public required JsonElement Data { get; init; }
}
