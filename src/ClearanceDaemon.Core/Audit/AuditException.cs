namespace ClearanceDaemon.Core.Audit;

/// <summary>The audit log cannot be used as it stands; the message names the path and what to do.</summary>
internal sealed class AuditException(string message) : Exception(message);
