namespace ClearanceDaemon.Core.Audit;

/// <summary>The limits of the audit log.</summary>
internal static class AuditLimits
{
    /// <summary>The longest record, without its LF: an ask's whole line fits four times, and a reader needs no more memory than this.</summary>
    public const int RecordBytes = 256 * 1024;

    /// <summary>Bytes pending before the reactor should commit in mid-turn: bounds what one turn can make the log hold.</summary>
    public const int PendingBytes = 256 * 1024;

    /// <summary>The most bytes the writer's buffer keeps from one batch to the next: one huge turn must not cost memory for ever.</summary>
    public const int KeptBytes = 1024 * 1024;

    /// <summary>The most records of one page: an answer that fits an operator's line.</summary>
    public const int PageRecords = 100;

    /// <summary>The most bytes of records on one page; the rest of an operator's line is left for the envelope.</summary>
    public const int PageBytes = 512 * 1024;

    /// <summary>The most bytes looked at for one page: a filter that matches nothing gives up its thread after this and hands back a place to go on.</summary>
    public const long PageScanBytes = 64L * 1024 * 1024;

    /// <summary>All files together, by default: the oldest are removed beyond it, so that the log never fills a disk.</summary>
    public const long MaxBytes = 1024L * 1024 * 1024;

    /// <summary>One file's share of the whole: what retention removes at once is at most this fraction of the history.</summary>
    public const int FilesPerLog = 8;

    /// <summary>How long a log that could not be written waits before it tries the disk again: a full disk is not hammered by every ask.</summary>
    public static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(1);

    /// <summary>How long something written may stay without an anchor: what a cut tail can take away unseen.</summary>
    public static readonly TimeSpan AnchorEvery = TimeSpan.FromSeconds(60);
}
