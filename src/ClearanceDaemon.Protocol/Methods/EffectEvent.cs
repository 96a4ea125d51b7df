namespace ClearanceDaemon.Protocol.Methods;

/// <summary>A verdict was carried out, or could not be. An effect that failed shows as <see cref="PendingItem.Failed"/> and is tried again by the next verdict on that ask.</summary>
public sealed record EffectEvent
{
    /// <summary>The handler that carries it out.</summary>
    public required string Handler { get; init; }

    /// <summary>The verdict, <c>allowed</c> or <c>denied</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Why it failed; absent when it did not.</summary>
    public HandlerFailure? Failure { get; init; }
}
