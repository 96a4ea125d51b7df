namespace ClearanceDaemon.Protocol.Methods;

/// <summary>The audit log in <c>daemon.status</c>.</summary>
public sealed record StatusAudit
{
    /// <summary><c>ok</c>, or <c>failed</c>: then every ask is unavailable; see <see cref="AuditState"/>.</summary>
    public required string State { get; init; }

    /// <summary>The file written to.</summary>
    public required string File { get; init; }

    /// <summary>The sequence number of the last record.</summary>
    public required long Seq { get; init; }

    /// <summary>The size of all files, in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>The last point known to be on disk.</summary>
    public AuditAnchor? Anchor { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }
}
