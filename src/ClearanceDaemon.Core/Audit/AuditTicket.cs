namespace ClearanceDaemon.Core.Audit;

/// <summary>Stands for the records made up to the moment it was taken, to ask <see cref="AuditLog.Written"/> what became of them.</summary>
/// <param name="Batch">The batch of the last of them, counted from 1; 0: there was none.</param>
internal readonly record struct AuditTicket(long Batch);
