namespace ClearanceDaemon.Core.Events;

/// <summary>How much of the past a subscriber that comes back can still be told.</summary>
internal sealed record EventLimits
{
    /// <summary>Events kept: a surface that was away for a moment misses none.</summary>
    public int Events { get; init; } = 10_000;

    /// <summary>Bytes of events kept: what the past may cost in memory, whatever the events say.</summary>
    public int Bytes { get; init; } = 1024 * 1024;
}
