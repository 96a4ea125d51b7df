namespace ClearanceDaemon.Core.Audit;

/// <summary>Why an anchor was set.</summary>
internal enum AnchorReason
{
    Start,
    Stop,
    Rotation,
    Verdict,
    Interval,
}
