namespace ClearanceDaemon.Core.Audit;

/// <summary>The audit log cannot be used as it stands; the message names the path and what to do.</summary>
internal sealed class AuditException(string message) : Exception(message)
{
    /// <summary>Nothing is wrong with the log, but another process writes it.</summary>
    public bool IsInUse { get; init; }
}
