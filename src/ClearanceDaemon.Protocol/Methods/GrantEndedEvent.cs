namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Why a grant answers nothing any more.</summary>
public sealed record GrantEndedEvent
{
    /// <summary><c>revoked</c>, <c>expired</c>, <c>used</c>, <c>exited</c>, <c>lockdown</c> or <c>unrecorded</c>.</summary>
    public required string Why { get; init; }
}
