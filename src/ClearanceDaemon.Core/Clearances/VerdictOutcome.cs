namespace ClearanceDaemon.Core.Clearances;

/// <summary>How an ask ended. Only <see cref="Allowed"/> means yes.</summary>
internal enum VerdictOutcome : byte
{
    Denied,
    Allowed,
    TimedOut,
    NoOperator,
    Withdrawn,
    Abstained,
}
