using System.Text;

namespace ClearanceDaemon.Core.Rules;

/// <summary>One rule of a file: what it decides, for which asks, and where it is written. Immutable but for the rank its set gives it.</summary>
internal sealed class Rule
{
    public required string Id { get; init; }

    /// <summary>What an answer's <c>by</c> says, in UTF-8: <c>rule:ID</c>.</summary>
    public required byte[] By { get; init; }

    public required Decision Decision { get; init; }

    public required RuleConditions Conditions { get; init; }

    public string? Reason { get; init; }

    public byte[]? ReasonUtf8 { get; init; }

    public WhenNobody WhenNobody { get; init; }

    /// <summary>How long an ask may wait for a person; null leaves it to the daemon's default.</summary>
    public TimeSpan? Deadline { get; init; }

    public GrantScopes Scopes { get; init; } = GrantScopes.All;

    /// <summary>The longest a grant under this rule may last; null sets no bound.</summary>
    public TimeSpan? Ceiling { get; init; }

    public bool SelfApproval { get; init; }

    public string? Handler { get; init; }

    public required RuleOrigin Origin { get; init; }

    public string File => Origin.File;

    public int Line => Origin.Line;

    /// <summary>The rule as it is written in its file.</summary>
    public string Source => Encoding.UTF8.GetString(Origin.Json.Span);

    public bool UsesObserved => Conditions.UsesObserved;

    /// <summary>Place in the order of precedence within its set, 0 first; the smallest rank that matches is the answer.</summary>
    public int Rank { get; set; }

    /// <summary>Deny before ask before allow, then the smaller id: the whole of precedence.</summary>
    public static int ComparePrecedence(Rule x, Rule y)
    {
        var byDecision = Strength(y.Decision) - Strength(x.Decision);
        return byDecision != 0 ? byDecision : string.CompareOrdinal(x.Id, y.Id);
    }

    public override string ToString() => $"{Id} ({File}:{Line})";

    private static int Strength(Decision decision) => decision switch { Decision.Deny => 2, Decision.Ask => 1, _ => 0 };
}
