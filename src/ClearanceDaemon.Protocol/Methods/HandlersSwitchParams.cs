using System.Text.Json.Serialization;

namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Parameters of <c>handlers.enable</c> and <c>handlers.disable</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record HandlersSwitchParams
{
    /// <summary>The handler's name.</summary>
    public required string Name { get; init; }
}
