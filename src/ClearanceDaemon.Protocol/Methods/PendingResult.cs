namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Answer to <c>clearance.pending</c>.</summary>
public sealed record PendingResult
{
    /// <summary>The asks, oldest first.</summary>
    public required PendingItem[] Items { get; init; }

    /// <summary>The <c>after</c> of the next page; absent on the last.</summary>
    public long? Next { get; init; }
}
