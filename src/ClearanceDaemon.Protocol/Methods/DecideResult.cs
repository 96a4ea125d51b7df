namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Answer to <c>clearance.decide</c>: the verdict is on record, and on disk.</summary>
public sealed record DecideResult
{
    /// <summary>The ask's id.</summary>
    public required string Id { get; init; }

    /// <summary><c>allowed</c> or <c>denied</c>, what the askers were told.</summary>
    public required string Outcome { get; init; }

    /// <summary>How many waiting requests it answered.</summary>
    public required int Answered { get; init; }

    /// <summary>The grant that was made, unless the scope was once.</summary>
    public GrantItem? Grant { get; init; }
}
