namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Answer to <c>audit.verify</c>.</summary>
public sealed record AuditVerifyResult
{
    /// <summary>True when nothing below is an alarm.</summary>
    public required bool Ok { get; init; }

    /// <summary>Records read.</summary>
    public required long Records { get; init; }

    /// <summary>Files read.</summary>
    public required int Files { get; init; }

    /// <summary>The first record's number; 0 without records.</summary>
    public required long First { get; init; }

    /// <summary>The last record's number.</summary>
    public required long Last { get; init; }

    /// <summary>Hex SHA-256 of the last record.</summary>
    public required string Head { get; init; }

    /// <summary>The newest anchor that was compared.</summary>
    public AuditAnchor? Anchor { get; init; }

    /// <summary>What is wrong or odd, at most <see cref="ProtocolLimits.PageItems"/>.</summary>
    public required AuditFinding[] Findings { get; init; }
}
