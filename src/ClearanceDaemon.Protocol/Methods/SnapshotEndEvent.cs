namespace ClearanceDaemon.Protocol.Methods;

/// <summary>What else holds at the end of a snapshot.</summary>
public sealed record SnapshotEndEvent
{
    /// <summary>Subscribers that answer.</summary>
    public required int Present { get; init; }

    /// <summary>Whether everything is denied.</summary>
    public required LockdownState Lockdown { get; init; }
}
