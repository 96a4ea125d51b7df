namespace ClearanceDaemon.Protocol.Methods;

/// <summary>A point of the audit chain that was on disk when it was noted elsewhere.</summary>
public sealed record AuditAnchor
{
    /// <summary>The record's sequence number.</summary>
    public required long Seq { get; init; }

    /// <summary>Hex SHA-256 of its line without LF.</summary>
    public required string Sha256 { get; init; }

    /// <summary>When it was noted, RFC 3339 UTC.</summary>
    public required string Time { get; init; }
}
