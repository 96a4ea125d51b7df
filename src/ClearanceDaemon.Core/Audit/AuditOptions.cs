namespace ClearanceDaemon.Core.Audit;

/// <summary>Where the audit log lives, how much it keeps, and the outer world it is handed.</summary>
internal sealed record AuditOptions
{
    /// <summary>The directory of the log, absolute: <c>$XDG_STATE_HOME/clearance/audit</c>.</summary>
    public required string Directory { get; init; }

    /// <summary>The anchor's file, absolute and outside <see cref="Directory"/>: <c>$XDG_STATE_HOME/clearance/anchor</c>.</summary>
    public required string AnchorPath { get; init; }

    /// <summary>See <see cref="AuditLimits.MaxBytes"/>.</summary>
    public long MaxBytes { get; init; } = AuditLimits.MaxBytes;

    /// <summary>See <see cref="AuditLimits.AnchorEvery"/>.</summary>
    public TimeSpan AnchorEvery { get; init; } = AuditLimits.AnchorEvery;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Makes a directory private and ours or throws; called for the anchor's directory, then for the log's.</summary>
    public required Action<string> PrepareDirectory { get; init; }

    /// <summary>Told every anchor once it is on disk, on the syncer's thread: this is how it reaches the journal. Must not throw.</summary>
    public Action<AuditAnchor> AnchorSink { get; init; } = static _ => { };

    /// <summary>The disk; another one in tests of its failures.</summary>
    public AuditDisk Disk { get; init; } = new();

    /// <summary>What one file may hold before the next is begun.</summary>
    public long FileBytes => Math.Max(1, MaxBytes / AuditLimits.FilesPerLog);
}
