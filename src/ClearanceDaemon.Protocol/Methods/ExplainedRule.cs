namespace ClearanceDaemon.Protocol.Methods;

/// <summary>A rule that matched in <c>rules.explain</c>.</summary>
public sealed record ExplainedRule
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary><c>allow</c>, <c>ask</c> or <c>deny</c>.</summary>
    public required string Decision { get; init; }

    /// <summary>The file it stands in.</summary>
    public required string File { get; init; }

    /// <summary>The line it starts on.</summary>
    public required int Line { get; init; }
}
