namespace ClearanceDaemon.Core.Clearances;

/// <summary>How an ask ended. Only <see cref="Allowed"/> means yes.</summary>
internal enum AskOutcome : byte
{
    Denied,
    Allowed,
    TimedOut,
    NoOperator,
    Withdrawn,
    Abstained,
}
