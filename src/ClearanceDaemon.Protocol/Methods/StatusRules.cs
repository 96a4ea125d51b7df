namespace ClearanceDaemon.Protocol.Methods;

/// <summary>The rules in <c>daemon.status</c>.</summary>
public sealed record StatusRules
{
    /// <summary><c>ok</c>, <c>stale</c> (a bad file; the last good set rules) or <c>bad</c> (no good set: every ask is unavailable); see <see cref="RulesState"/>.</summary>
    public required string State { get; init; }

    /// <summary>Rules in force.</summary>
    public required int Count { get; init; }

    /// <summary>Hex SHA-256 of the set in force.</summary>
    public required string Sha256 { get; init; }

    /// <summary>When it was loaded, RFC 3339 UTC.</summary>
    public string? Loaded { get; init; }

    /// <summary>Every file that was looked at, used or not.</summary>
    public required RuleFile[] Files { get; init; }

    /// <summary>What is wrong with them.</summary>
    public required RuleProblem[] Problems { get; init; }
}
