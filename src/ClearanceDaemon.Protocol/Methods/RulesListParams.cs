using System.Text.Json.Serialization;

namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Parameters of <c>rules.list</c>: one page of the rules in force.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RulesListParams
{
    /// <summary>The <see cref="RulesListResult.Next"/> of the page before; absent for the first.</summary>
    public int? After { get; init; }
}
