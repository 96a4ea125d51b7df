namespace ClearanceDaemon.Core.Audit;

/// <summary>Which records to read.</summary>
/// <param name="After">Only records numbered higher.</param>
/// <param name="Before">Only records numbered lower.</param>
/// <param name="Kind">Only records of that kind.</param>
/// <param name="Limit">At most so many, and never more than <see cref="AuditLimits.PageRecords"/>.</param>
/// <param name="Newest">From the newest back; else from the oldest on.</param>
internal sealed record AuditQuery(
    long? After = null,
    long? Before = null,
    string? Kind = null,
    int Limit = AuditLimits.PageRecords,
    bool Newest = false);
