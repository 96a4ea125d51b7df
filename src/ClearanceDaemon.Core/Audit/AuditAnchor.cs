namespace ClearanceDaemon.Core.Audit;

/// <summary>
/// A record known to be on disk at <paramref name="Time"/>: its number and the SHA-256 of its line without LF, lower-case hex.
/// A log that ends before it, or has another line there, was cut or changed.
/// </summary>
internal sealed record AuditAnchor(long Seq, string Sha256, DateTimeOffset Time, AnchorReason Reason);
