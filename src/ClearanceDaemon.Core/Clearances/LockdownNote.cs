namespace ClearanceDaemon.Core.Clearances;

/// <summary>Since when everything is denied, and what the person said.</summary>
internal sealed record LockdownNote(DateTimeOffset Since, string? Reason);
