namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Answer to <c>clearance.ask</c> and <c>clearance.wait</c>. A denial is a result, not an error.</summary>
public sealed record AskResult
{
    /// <summary>One of <see cref="AskOutcome"/>. Whatever is not <c>allowed</c> means no.</summary>
    public required string Outcome { get; init; }

    /// <summary>The ask's id, 32 lower-case hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>Who decided: <c>rule:ID</c>, <c>grant:ID</c>, <c>operator</c>, <c>handler:NAME</c> or <c>default</c>.</summary>
    public string? By { get; init; }

    /// <summary>Why it was denied, for the asker to read.</summary>
    public string? Reason { get; init; }

    /// <summary>When what was allowed stops being so, RFC 3339 UTC.</summary>
    public string? Expires { get; init; }

    /// <summary>How long to wait before asking again, a duration.</summary>
    public string? RetryAfter { get; init; }

    /// <summary><c>sha256:</c> and hex over the canonical ask; present where a person could be asked.</summary>
    public string? Digest { get; init; }

    /// <summary>Which details differ from a grant that almost fitted.</summary>
    public string[]? Changed { get; init; }
}
