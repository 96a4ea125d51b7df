using System.Text.Json.Serialization;

namespace ClearanceDaemon.Protocol.Methods;

/// <summary>A place in the stream of events.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record EventPlace
{
    /// <summary>Names one life of the daemon's stream.</summary>
    public required string Epoch { get; init; }

    /// <summary>Rises by one with every event of an epoch.</summary>
    public required long Seq { get; init; }
}
