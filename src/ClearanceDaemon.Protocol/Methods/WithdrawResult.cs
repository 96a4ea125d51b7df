namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Answer to <c>clearance.withdraw</c>.</summary>
public sealed record WithdrawResult
{
    /// <summary>True when a pending ask ended by this; false when it had been decided before.</summary>
    public required bool Withdrawn { get; init; }
}
