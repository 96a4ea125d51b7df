namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Answer to <c>clearance.subscribe</c>; the events follow as notifications.</summary>
public sealed record SubscribeResult
{
    /// <summary>The epoch.</summary>
    public required string Epoch { get; init; }

    /// <summary>The last event before the stream: a snapshot is as of here.</summary>
    public required long Seq { get; init; }

    /// <summary>True: the events after <c>after</c> follow and there is no snapshot.</summary>
    public required bool Resumed { get; init; }
}
