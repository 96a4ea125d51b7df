namespace ClearanceDaemon.Core.Audit;

/// <summary>A page of the log.</summary>
/// <param name="Records">The records' lines: each one JSON object, LF not included.</param>
/// <param name="Next">There may be more: go on with this as <c>After</c> (or as <c>Before</c>, newest first). A page may be empty and still have it.</param>
/// <param name="Unreadable">Lines that are no records and were left out; verify says which.</param>
internal sealed record AuditPage(IReadOnlyList<byte[]> Records, long? Next, int Unreadable);
