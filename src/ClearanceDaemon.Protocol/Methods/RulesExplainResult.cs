namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Answer to <c>rules.explain</c>: what the rules would say, and why.</summary>
public sealed record RulesExplainResult
{
    /// <summary>What <c>clearance.ask</c> with wait <c>0s</c> would answer.</summary>
    public required string Outcome { get; init; }

    /// <summary><c>rule:ID</c> or <c>default</c>.</summary>
    public required string By { get; init; }

    /// <summary>The deciding rule's reason.</summary>
    public string? Reason { get; init; }

    /// <summary>The deciding rule's id.</summary>
    public string? Rule { get; init; }

    /// <summary><c>allow</c>, <c>ask</c> or <c>deny</c>.</summary>
    public required string Decision { get; init; }

    /// <summary>The rules that matched.</summary>
    public required ExplainedRule[] Rules { get; init; }

    /// <summary>The rules whose action matched and that failed at another member.</summary>
    public required NearMiss[] NearMisses { get; init; }
}
