namespace ClearanceDaemon.Core.Audit;

/// <summary>The result of <see cref="AuditVerify"/>.</summary>
/// <param name="Records">Records found good.</param>
/// <param name="FirstSeq">The oldest of them; more than 1 when older files were pruned on record.</param>
/// <param name="Anchored">Whether the anchor's record was there to compare; without it a cut tail goes unseen.</param>
/// <param name="Break">The first break; null when there is none.</param>
/// <param name="TornBytes">Bytes after the last LF: a write that was cut off, or is being made now. Not an alarm.</param>
/// <param name="Alarms">Numbers of the records by which the log reported a loss.</param>
internal sealed record AuditVerdict(
    long Records,
    long? FirstSeq,
    long? LastSeq,
    bool Anchored,
    AuditBreak? Break,
    long TornBytes,
    IReadOnlyList<long> Alarms)
{
    /// <summary>Files walked.</summary>
    public int Files { get; init; }

    /// <summary>Hex SHA-256 of the last record; zeros without records.</summary>
    public string Head { get; init; } = string.Empty;

    public AuditVerdictState State => Break is not null ? AuditVerdictState.Broken
        : Alarms.Count > 0 ? AuditVerdictState.Alarmed
        : AuditVerdictState.Intact;
}
