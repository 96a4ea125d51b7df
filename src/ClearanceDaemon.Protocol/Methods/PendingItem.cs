namespace ClearanceDaemon.Protocol.Methods;

/// <summary>An ask that waits for a person: what is asked, what the kernel vouches for, what was seen, and what is only claimed. All texts are the asker's own bytes: clean them before they are shown (<see cref="DisplayText"/>).</summary>
public sealed record PendingItem
{
    /// <summary>The ask's id, 32 lower-case hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>What a verdict must cite.</summary>
    public required string Digest { get; init; }

    /// <summary>When it was first asked, RFC 3339 UTC.</summary>
    public required string Asked { get; init; }

    /// <summary>When it ends unanswered, RFC 3339 UTC: the same for every surface, and it never moves.</summary>
    public required string Deadline { get; init; }

    /// <summary>How often it was asked: equal asks of one principal are one prompt.</summary>
    public required int Times { get; init; }

    /// <summary>How many requests wait for the verdict now.</summary>
    public required int Waiting { get; init; }

    /// <summary>What is asked for.</summary>
    public required AskedFor Ask { get; init; }

    /// <summary>What the asker says about it. Nobody checked it.</summary>
    public required ClaimedFacts Claimed { get; init; }

    /// <summary>What the kernel says about who asks.</summary>
    public required VerifiedFacts Verified { get; init; }

    /// <summary>What was seen of the principal's process. Observed, not proof.</summary>
    public required PrincipalFacts Observed { get; init; }

    /// <summary>The scopes a verdict may have, of <see cref="ScopeKind"/>.</summary>
    public required string[] Scopes { get; init; }

    /// <summary>The longest a grant may last, a duration; absent where there is no bound.</summary>
    public string? Ceiling { get; init; }

    /// <summary>The id of the rule that wants a person to decide; absent where no rule matched.</summary>
    public string? Rule { get; init; }

    /// <summary>What that rule says to the person.</summary>
    public string? RuleReason { get; init; }

    /// <summary>The asker's own name for the ask, where it outlives its connection.</summary>
    public string? Key { get; init; }

    /// <summary>Which members differ from a grant that almost fitted.</summary>
    public string[]? Changed { get; init; }

    /// <summary>The verdict that was given on this ask and could not be carried out; absent while nobody has decided it.</summary>
    public FailedEffect? Failed { get; init; }
}
