namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Answer to <c>rules.reload</c>.</summary>
public sealed record RulesReloadResult
{
    /// <summary>As in <see cref="StatusRules.State"/>.</summary>
    public required string State { get; init; }

    /// <summary>Rules now in force.</summary>
    public required int Count { get; init; }

    /// <summary>Hex SHA-256 of the set now in force.</summary>
    public required string Sha256 { get; init; }

    /// <summary>What is wrong with the files.</summary>
    public required RuleProblem[] Problems { get; init; }
}
