namespace ClearanceDaemon.Core.Audit;

/// <summary>The log as <c>daemon.status</c> shows it.</summary>
/// <param name="File">The file records go to now.</param>
/// <param name="Seq">The last record written.</param>
/// <param name="Bytes">All files together.</param>
/// <param name="Anchor">The last anchor on disk.</param>
/// <param name="Error">Why it is failed; or, while it is ok, what the last sync or start had to say.</param>
internal sealed record AuditStatus(AuditState State, string File, long Seq, long Bytes, AuditAnchor? Anchor, string? Error);
