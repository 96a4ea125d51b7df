using ClearanceDaemon.Core.Native;
using Microsoft.Win32.SafeHandles;

namespace ClearanceDaemon.Core.Audit;

/// <summary>
/// Puts on disk what the reactor wrote, on a thread of its own: fdatasync for everyone who waits at once, then the
/// anchor, then the removal of pruned files. Owns the anchor's file and every file handed to <see cref="Retire"/>.
/// </summary>
internal sealed class AuditSyncer : IDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);
    private readonly object _gate = new();
    private readonly AuditOptions _options;
    private readonly AuditFolder _folder;
    private readonly AnchorFile _anchorFile;
    private List<TaskCompletionSource<bool>> _waiters = [];
    private List<SafeFileHandle> _retired = [];
    private List<AuditFileName> _removals = [];
    private List<AuditFileName> _postponed = [];
    private readonly Thread _thread;
    private SafeFileHandle? _file;
    private AuditChain _head;
    private AnchorReason? _wanted;
    private long _unanchoredSince;
    private bool _unanchored;
    private bool _newFile;
    private bool _stopping;
    private volatile AuditAnchor? _lastAnchor;
    private volatile string? _error;
    private volatile SafeFileHandle? _unfit;

    public AuditSyncer(AuditOptions options, AuditFolder folder, AnchorFile anchorFile, AuditAnchor? lastAnchor) =>
        (_options, _folder, _anchorFile, _lastAnchor, _thread) =
            (options, folder, anchorFile, lastAnchor, new Thread(Run) { IsBackground = true, Name = "audit-sync" });

    public AuditAnchor? LastAnchor => _lastAnchor;

    /// <summary>What the last round failed at; null when it did not.</summary>
    public string? Error => _error;

    /// <summary>
    /// A file that must not be written on: its bytes could not be put on disk (the kernel tells that once and then claims
    /// success), or its name is gone and the records with it.
    /// </summary>
    public SafeFileHandle? Unfit => _unfit;

    /// <summary>Once, before anything else: that a thread cannot be had is for the start to find out, not for the reactor later.</summary>
    public void Start() => _thread.Start();

    /// <summary>Told after every successful write: the file it went to and the chain's new end.</summary>
    public void Written(SafeFileHandle file, in AuditChain head)
    {
        lock (_gate)
        {
            _newFile |= !ReferenceEquals(_file, file);
            _file = file;
            _head = head;
            if (!_unanchored)
            {
                _unanchored = true;
                _unanchoredSince = _options.Time.GetTimestamp();
                Wake();
            }
        }
    }

    /// <summary>Takes over a file that is no longer written: syncs and closes it. Whoever waits for what an unfit one holds is told the truth.</summary>
    public void Retire(SafeFileHandle file)
    {
        lock (_gate)
        {
            if (ReferenceEquals(file, _unfit))
            {
                // It stays the current file until another is written to: a round before that must not count as a success.
                _waiters.ForEach(static waiter => waiter.TrySetResult(false));
                _waiters.Clear();
                file.Dispose();
                return;
            }

            _retired.Add(file);
            _file = ReferenceEquals(_file, file) ? null : _file;
            Wake();
        }
    }

    /// <summary>Removes a file once all that was written so far, its obituary included, is on disk.</summary>
    public void Remove(AuditFileName name)
    {
        lock (_gate)
        {
            _removals.Add(name);
            Wake();
        }
    }

    public void Anchor(AnchorReason reason)
    {
        lock (_gate)
        {
            _wanted = reason;
            Wake();
        }
    }

    public void Await(TaskCompletionSource<bool> waiter)
    {
        lock (_gate)
        {
            _waiters.Add(waiter);
            Wake();
        }
    }

    /// <summary>Finishes what is left to do, for at most ten seconds: a dead disk must not keep the daemon from ending.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.PulseAll(_gate);
        }

        if (_thread.Join(StopPatience))
        {
            _retired.ForEach(static file => file.Dispose());
            _anchorFile.Dispose();
        }
    }

    private void Wake() => Monitor.PulseAll(_gate);

    private void Run()
    {
        while (Take() is { } work)
        {
            Do(work);
        }
    }

    private SyncWork? Take()
    {
        lock (_gate)
        {
            while (true)
            {
                var left = UntilInterval();
                if (left is { Ticks: <= 0 })
                {
                    _wanted ??= AnchorReason.Interval;
                }

                if (_wanted is not null || _waiters.Count + _retired.Count + _removals.Count > 0)
                {
                    return Snapshot();
                }

                if (_stopping)
                {
                    return null;
                }

                Monitor.Wait(_gate, left ?? Timeout.InfiniteTimeSpan);
            }
        }
    }

    private TimeSpan? UntilInterval() => _unanchored
        ? _options.AnchorEvery - _options.Time.GetElapsedTime(_unanchoredSince)
        : null;

    private SyncWork Snapshot()
    {
        _removals.AddRange(_postponed);
        var work = new SyncWork(_file, _newFile, _head, _wanted, _waiters, _retired, _removals);
        (_waiters, _retired, _removals, _postponed) = ([], [], [], []);
        if (_wanted is not null)
        {
            _wanted = null;
            _unanchored = false;
        }

        _newFile = false;
        return work;
    }

    private void Do(SyncWork work)
    {
        // What an unfit file held may not be on disk, and that may be the word on what is to be removed.
        var mayRemove = _unfit is null || !work.Retired.Contains(_unfit);
        var error = Sync(work);
        _error = error;
        work.Waiters.ForEach(waiter => waiter.TrySetResult(error is null));
        if (error is null && work.Anchor is { } reason && work.Head.Seq > 0)
        {
            error = SetAnchor(work.Head, reason);
        }

        error ??= mayRemove ? Remove(work.Removals) : null;
        if (error is not null || !mayRemove)
        {
            Postpone(work);
        }

        _error = error;
    }

    private string? Sync(SyncWork work)
    {
        string? error = null;
        foreach (var retired in work.Retired)
        {
            error = SyncFile(retired) ?? error;
            retired.Dispose();
        }

        if (work.File is not null)
        {
            error = SyncFile(work.File) ?? error;
        }

        if (work.NewFile && _folder.Sync() is < 0 and var outcome)
        {
            error = NativeFile.Message(outcome);
        }

        return error is null ? null : $"the newest records of {_folder.Path} may be lost: {error}";
    }

    private string? SyncFile(SafeFileHandle file)
    {
        if (ReferenceEquals(file, _unfit))
        {
            return "its file is unfit";
        }

        var outcome = _options.Disk.Sync(file);
        var error = outcome < 0 ? NativeFile.Message(outcome) : Strayed(file);
        _unfit = error is null ? _unfit : file;
        return error;
    }

    private static string? Strayed(SafeFileHandle file)
    {
        try
        {
            return FileStatus.Of(file).Links == 1 ? null : "its file was removed or given a second name";
        }
        catch (IOException e)
        {
            return e.Message;
        }
    }

    private string? Remove(List<AuditFileName> names)
    {
        string? error = null;
        foreach (var name in names)
        {
            var outcome = _folder.Remove(name.ToString());
            if (outcome is < 0 and not -LibC.ENOENT)
            {
                error = $"{_folder.FullName(name.ToString())} cannot be removed to make room: {NativeFile.Message(outcome)}";
            }
        }

        return error;
    }

    private string? SetAnchor(in AuditChain head, AnchorReason reason)
    {
        var anchor = new AuditAnchor(head.Seq, head.HeadText, _options.Time.GetUtcNow(), reason);
        if (_lastAnchor is { } last && last.Seq == anchor.Seq && last.Sha256 == anchor.Sha256)
        {
            return null;
        }

        if (_anchorFile.Write(anchor) is { } error)
        {
            return error;
        }

        _lastAnchor = anchor;
        _options.AnchorSink(anchor);
        return null;
    }

    /// <summary>What a failed round leaves undone is for the next one, which comes after an interval at the latest.</summary>
    private void Postpone(SyncWork work)
    {
        if (work.Anchor is null && work.Removals.Count == 0)
        {
            return;
        }

        lock (_gate)
        {
            _postponed.AddRange(work.Removals);
            _unanchored = true;
            _unanchoredSince = _options.Time.GetTimestamp();
        }
    }
}
