using System.Text.Json.Serialization;

namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Parameters of <c>rules.explain</c>: an ask that is not asked.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RulesExplainParams : AskParams
{
    /// <summary>The socket it would come by; default <c>ask</c>.</summary>
    public string? Via { get; init; }
}
