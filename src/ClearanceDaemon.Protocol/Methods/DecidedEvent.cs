namespace ClearanceDaemon.Protocol.Methods;

/// <summary>How a pending ask ended.</summary>
public sealed record DecidedEvent
{
    /// <summary>One of <see cref="AskOutcome"/>; <c>timed_out</c> also for an ask that made room for newer ones.</summary>
    public required string Outcome { get; init; }

    /// <summary>Who decided: as in <see cref="AskResult.By"/>.</summary>
    public required string By { get; init; }

    /// <summary>The reason the asker was given.</summary>
    public string? Reason { get; init; }

    /// <summary>The id of the grant made by it.</summary>
    public string? Grant { get; init; }

    /// <summary>Who answered, where a person did.</summary>
    public VerifiedFacts? Decider { get; init; }
}
