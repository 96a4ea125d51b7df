namespace ClearanceDaemon.Core.Documents;

/// <summary>
/// Tells when the files of some directories have changed and rested. It looks at each directory and, for its coming, going and renaming,
/// at the entry of the directory in its parent, or at the nearest parent there is. Owns its system watchers and timer.
/// </summary>
internal sealed class DocumentWatcher : IDisposable
{
    private readonly IReadOnlyList<string> _directories;
    private readonly TimeSpan _rest;
    private readonly Action _changed;
    private readonly ITimer _quiet;
    private readonly Lock _lock = new();
    private List<FileSystemWatcher> _watchers = [];
    private bool _disposed;

    /// <param name="directories">They need not exist.</param>
    /// <param name="rest">How long files must rest before a change is told: an editor writes a file in several steps.</param>
    /// <param name="time">The clock of the rest.</param>
    /// <param name="changed">Called on a thread of the pool, never twice at one time unless it takes longer than the rest.</param>
    public DocumentWatcher(IReadOnlyList<string> directories, TimeSpan rest, TimeProvider time, Action changed)
    {
        _directories = directories;
        _rest = rest;
        _changed = changed;
        _quiet = time.CreateTimer(static self => ((DocumentWatcher)self!).OnQuiet(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Rearm();
    }

    public void Dispose()
    {
        Rearm(dispose: true);
        _quiet.Dispose();
    }

    private void OnQuiet()
    {
        // New watchers first: what changes during the load must start another.
        Rearm();
        _changed();
    }

    // Watchers follow a directory's inode, not its name, so after every change they start from the names again.
    private void Rearm(bool dispose = false)
    {
        List<FileSystemWatcher> old;
        lock (_lock)
        {
            _disposed |= dispose;
            old = _watchers;
            _watchers = [];
            foreach (var directory in _disposed ? [] : _directories)
            {
                WatchDirectory(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)));
            }
        }

        // Outside the lock: an event of theirs may be waiting for it.
        old.ForEach(static watcher => watcher.Dispose());
    }

    private void WatchDirectory(string directory)
    {
        if (Directory.Exists(directory))
        {
            TryAdd(directory, "*");
        }

        var name = directory;
        while (Path.GetDirectoryName(name) is { } parent && !TryAdd(parent, Path.GetFileName(name)))
        {
            name = parent;
        }
    }

    private bool TryAdd(string directory, string filter)
    {
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(directory, filter)
            {
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Attributes | NotifyFilters.Size | NotifyFilters.CreationTime,
            };
            watcher.Changed += OnEvent;
            watcher.Created += OnEvent;
            watcher.Deleted += OnEvent;
            watcher.Renamed += OnEvent;
            watcher.Error += OnEvent;
            watcher.EnableRaisingEvents = true;
            _watchers.Add(watcher);
            return true;
        }
        catch (Exception gone) when (gone is ArgumentException or IOException or UnauthorizedAccessException)
        {
            // Missing, unreadable, or out of inotify watches: its parent is watched instead, and a reload by signal still works.
            watcher?.Dispose();
            return false;
        }
    }

    private void OnEvent(object sender, EventArgs e)
    {
        lock (_lock)
        {
            if (!_disposed)
            {
                _quiet.Change(_rest, Timeout.InfiniteTimeSpan);
            }
        }
    }
}
