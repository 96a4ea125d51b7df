using System.Text;
using ClearanceDaemon.Core.Native;
using ClearanceDaemon.Protocol;
using Microsoft.Win32.SafeHandles;

namespace ClearanceDaemon.Core.Audit;

/// <summary>
/// The audit log's writer. Records gather in one buffer and reach the file in one write per turn of the reactor; what
/// could not be written counts as never made: number and chain go back, and the log is failed until a later write
/// succeeds. All members belong to the reactor's thread.
/// </summary>
internal sealed class AuditLog : IDisposable
{
    private const int FirstBytes = 4096;
    private readonly AuditOptions _options;
    private readonly AuditFolder _folder;
    private readonly AuditFiles _files;
    private readonly AuditSyncer _syncer;
    private readonly AuditClock _clock;
    private readonly List<AuditNotice> _notices = [];
    private readonly List<TaskCompletionSource<bool>> _waiters = [];
    private LineBuffer _pending = new(FirstBytes);
    private AuditChain _chain;
    private AuditChain _written;
    private AnchorReason? _anchorWanted;
    private string? _error;
    private long _failedAt;
    private long _dropped;
    private int _openAt = -1;
    private int _batchRecords;
    private int _batchNotices;
    private (int Year, int Month) _batchMonth;

    private AuditLog(AuditOptions options, AuditFolder folder, AnchorFile anchorFile)
    {
        (_options, _folder) = (options, folder);
        _clock = new AuditClock(options.Time);
        var anchor = anchorFile.Read(out var unreadable);
        var names = folder.List();
        var tail = AuditTail.Read(folder, names);
        _syncer = new AuditSyncer(options, folder, anchorFile, anchor);
        _files = new AuditFiles(folder, names, tail, options, Retire);
        _chain = _written = tail.Chain;
        (FoundSeq, FoundTime) = (tail.Chain.Seq, tail.Time);
        _notices.AddRange(AuditNotice.OfStart(tail, anchor, unreadable));
        Prune();
    }

    /// <summary>Records made since the start; a request that leaves it unchanged left no record.</summary>
    public long Position { get; private set; }

    /// <summary>The last record of the runs before; 0 in a new log.</summary>
    public long FoundSeq { get; }

    /// <summary>When the last record of the runs before was made: a time that has passed; null in a new log.</summary>
    public DateTimeOffset? FoundTime { get; }

    /// <summary>The number of the last record made, committed or not.</summary>
    public long LastSeq => _chain.Seq;

    /// <summary>Bytes not yet committed; beyond <see cref="AuditLimits.PendingBytes"/> the reactor commits in mid-turn.</summary>
    public int PendingBytes => _pending.Length;

    /// <summary>What the buffer holds on to.</summary>
    internal int BufferBytes => _pending.Array.Length;

    /// <summary>Whether records are taken. While not, asks are answered <c>unavailable</c>.</summary>
    public bool Available => _error is null;

    public AuditStatus Status => new(
        Available ? AuditState.Ok : AuditState.Failed,
        _folder.FullName(_files.CurrentName),
        _written.Seq,
        _files.TotalBytes,
        _syncer.LastAnchor,
        _error ?? _syncer.Error);

    /// <summary>Opens the log, or begins one, and says on record what it found: a torn write, an anchor that lost its record.</summary>
    /// <exception cref="AuditException">A directory or file is not ours alone, the log does not end in a record, or another process writes it.</exception>
    public static AuditLog Open(AuditOptions options)
    {
        NativeFile.IgnoreSizeSignal();
        options.PrepareDirectory(Path.GetDirectoryName(options.AnchorPath)!);
        options.PrepareDirectory(options.Directory);
        AnchorFile? anchorFile = null;
        AuditFolder? folder = null;
        try
        {
            folder = AuditFolder.OpenForWriting(options.Directory);
            anchorFile = new AnchorFile(options.AnchorPath);
            var log = new AuditLog(options, folder, anchorFile);
            log._syncer.Start();
            if (log._notices.Count > 0)
            {
                log.StartBatch();
                log.WriteBatch();
            }

            return log;
        }
        catch
        {
            folder?.Dispose();
            anchorFile?.Dispose();
            throw;
        }
    }

    /// <summary>Reads the clock for the records of this turn.</summary>
    public void Tick() => _clock.Tick();

    /// <summary>Starts a record; one that was started and not ended is dropped.</summary>
    public AuditRecord Begin(ReadOnlySpan<byte> kind)
    {
        DropUnfinished();
        if (_pending.Length == 0)
        {
            StartBatch();
        }

        return BeginRecord(kind);
    }

    /// <summary>Writes what is pending. False: it was not written and never will be, so nothing that rests on it may be answered.</summary>
    public bool Commit()
    {
        DropUnfinished();
        if (_pending.Length == 0)
        {
            EmptyBuffer();
            Probe();
            return true;
        }

        if (Available || RetryDue)
        {
            return WriteBatch();
        }

        DropBatch();
        return false;
    }

    /// <summary>Tries a failed log again, at most once in <see cref="AuditLimits.RetryEvery"/>.</summary>
    public bool Probe()
    {
        if (Available || !RetryDue)
        {
            return Available;
        }

        if (_pending.Length == 0)
        {
            StartBatch();
        }

        return WriteBatch();
    }

    /// <summary>Asks for an anchor on the last record made so far, off the reactor.</summary>
    public void RequestAnchor(AnchorReason reason)
    {
        if (_pending.Length == 0)
        {
            _syncer.Anchor(reason);
        }
        else
        {
            _anchorWanted = reason;
        }
    }

    /// <summary>Completes, on a pool thread, when every record made so far is on disk (true) or was lost (false).</summary>
    public Task<bool> Durable()
    {
        var waiter = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_pending.Length == 0)
        {
            _syncer.Await(waiter);
        }
        else
        {
            _waiters.Add(waiter);
        }

        return waiter.Task;
    }

    /// <summary>Commits, anchors (<see cref="AnchorReason.Stop"/>) and closes.</summary>
    public void Dispose()
    {
        Commit();
        _syncer.Anchor(AnchorReason.Stop);
        _syncer.Dispose();
        _files.Dispose();
        _folder.Dispose();
    }

    /// <summary>Ends the record that was begun; false: it is too long and dropped.</summary>
    internal bool TryEnd()
    {
        if (_openAt < 0)
        {
            throw new InvalidOperationException("No audit record was begun.");
        }

        _pending.Raw(AuditLine.PrevMark);
        _pending.Raw(_chain.Head);
        _pending.Raw(AuditLine.Closing);
        var line = _pending.Written[_openAt..];
        if (line.Length > AuditLimits.RecordBytes)
        {
            DropUnfinished();
            return false;
        }

        _chain.Advance(line);
        _pending.Raw((byte)'\n');
        _openAt = -1;
        _batchRecords++;
        Position++;
        return true;
    }

    private bool RetryDue => _options.Time.GetElapsedTime(_failedAt) >= AuditLimits.RetryEvery;

    private AuditRecord BeginRecord(ReadOnlySpan<byte> kind)
    {
        _openAt = _pending.Length;
        _pending.Raw(AuditLine.Opening);
        _pending.Number(_chain.Seq + 1);
        _pending.Raw(AuditLine.TimeMark);
        _pending.Raw(_clock.Text);
        _pending.Raw(AuditLine.KindMark);
        _pending.Raw(kind);
        _pending.Raw((byte)'"');
        return new AuditRecord(this, _pending);
    }

    /// <summary>What the log has to say itself goes first.</summary>
    private void StartBatch()
    {
        _batchMonth = (_clock.Year, _clock.Month);
        LeaveUnfitFile();
        if (_error is not null)
        {
            Write(new AuditNotice(AuditNotice.Resumed) { Error = _error, Dropped = _dropped });
        }

        for (_batchNotices = 0; _batchNotices < _notices.Count; _batchNotices++)
        {
            Write(_notices[_batchNotices]);
        }

        _batchRecords = 0;
    }

    private void Write(AuditNotice notice) => notice.WriteTo(BeginRecord(Encoding.ASCII.GetBytes(notice.Kind)));

    private bool WriteBatch()
    {
        var error = _files.Append(_pending.Written, _batchMonth.Year, _batchMonth.Month);
        if (error is null)
        {
            Succeed();
            return true;
        }

        (_error, _failedAt) = (error, _options.Time.GetTimestamp());
        DropBatch();
        return false;
    }

    private void Succeed()
    {
        _written = _chain;
        FinishBatch();
        (_error, _dropped) = (null, 0);
        _syncer.Written(_files.Handle!, _written);
        if (_batchNotices > 0)
        {
            RemovePruned();
        }

        if (_anchorWanted is { } reason)
        {
            _anchorWanted = null;
            _syncer.Anchor(reason);
        }

        if (_waiters.Count > 0)
        {
            _waiters.ForEach(_syncer.Await);
            _waiters.Clear();
        }

        Prune();
    }

    /// <summary>Puts the oldest files on the list to go; each goes when that is on record.</summary>
    private void Prune()
    {
        while (_files.TotalBytes > _options.MaxBytes && _files.TryDropOldest(out var name, out var bytes))
        {
            var notice = new AuditNotice(AuditNotice.Pruned) { File = name.ToString(), Bytes = bytes };
            try
            {
                var last = AuditTail.Read(_folder, [name]).Chain;
                notice = notice with { LastSeq = last.Seq, LastSha256 = last.HeadText };
            }
            catch (AuditException e)
            {
                // Without the numbers verify will say that the beginning is unaccounted for, which is true.
                notice = notice with { Error = e.Message };
            }

            _notices.Add(notice);
        }
    }

    private void LeaveUnfitFile()
    {
        if (_syncer.Unfit is { } unfit && _files.TryLeave(unfit))
        {
            _notices.Add(new AuditNotice(AuditNotice.Alarm) { File = _files.CurrentName, LastSeq = _written.Seq, Error = _syncer.Error });
        }
    }

    private void Retire(SafeFileHandle file)
    {
        _syncer.Retire(file);
        _anchorWanted ??= AnchorReason.Rotation;
    }

    private void RemovePruned()
    {
        foreach (var notice in _notices.Take(_batchNotices))
        {
            if (notice.Kind == AuditNotice.Pruned && AuditFileName.TryParse(notice.File!, out var name))
            {
                _syncer.Remove(name);
            }
        }

        _notices.RemoveRange(0, _batchNotices);
        _batchNotices = 0;
    }

    private void DropBatch()
    {
        _chain = _written;
        _dropped += _batchRecords;
        FinishBatch();
        _batchNotices = 0;
        _waiters.ForEach(static waiter => waiter.TrySetResult(false));
        _waiters.Clear();
    }

    private void FinishBatch()
    {
        EmptyBuffer();
        _batchRecords = 0;
    }

    private void EmptyBuffer()
    {
        _pending.Truncate(0);
        if (_pending.Array.Length > AuditLimits.KeptBytes)
        {
            _pending = new LineBuffer(FirstBytes);
        }
    }

    private void DropUnfinished()
    {
        if (_openAt >= 0)
        {
            _pending.Truncate(_openAt);
            _openAt = -1;
        }
    }
}
