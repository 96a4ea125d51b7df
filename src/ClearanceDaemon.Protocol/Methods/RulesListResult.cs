namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Answer to <c>rules.list</c>.</summary>
public sealed record RulesListResult
{
    /// <summary>As in <see cref="StatusRules.State"/>.</summary>
    public required string State { get; init; }

    /// <summary>Hex SHA-256 of the set in force.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The rules in force.</summary>
    public required RuleItem[] Rules { get; init; }

    /// <summary>What is wrong with the files.</summary>
    public required RuleProblem[] Problems { get; init; }

    /// <summary>The <c>after</c> of the next page; absent on the last.</summary>
    public int? Next { get; init; }
}
