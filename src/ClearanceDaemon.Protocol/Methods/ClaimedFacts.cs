namespace ClearanceDaemon.Protocol.Methods;

/// <summary>What an asker says in its own words. Never believed, always shown.</summary>
public sealed record ClaimedFacts
{
    /// <summary>One line.</summary>
    public string? Title { get; init; }

    /// <summary>Why it wants it.</summary>
    public string? Reason { get; init; }

    /// <summary>The directory the work belongs to.</summary>
    public string? Project { get; init; }
}
