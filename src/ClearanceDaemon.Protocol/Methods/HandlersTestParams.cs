using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Parameters of <c>handlers.test</c>: one request to a handler, which nothing follows from.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record HandlersTestParams
{
    /// <summary>The handler's name.</summary>
    public required string Name { get; init; }

    /// <summary>A method of it to call; exactly one of this and <see cref="Ask"/>.</summary>
    public string? Method { get; init; }

    /// <summary>The method's parameters, an object.</summary>
    public JsonElement? Params { get; init; }

    /// <summary>An ask to have it decide.</summary>
    public AskParams? Ask { get; init; }
}
