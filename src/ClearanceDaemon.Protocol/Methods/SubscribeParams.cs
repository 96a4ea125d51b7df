using System.Text.Json.Serialization;

namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Parameters of <c>clearance.subscribe</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SubscribeParams
{
    /// <summary>The last event seen: those after it follow, or <c>lost</c> and a snapshot. Absent: a snapshot.</summary>
    public EventPlace? After { get; init; }

    /// <summary>True: a person answers here. While one does, an operator is present.</summary>
    public bool? Answers { get; init; }
}
