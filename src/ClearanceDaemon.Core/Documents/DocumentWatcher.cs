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
    private Dictionary<string, WatchedNames> _watchers = new(StringComparer.Ordinal);
    private volatile bool _disposed;

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
        if (!_disposed)
        {
            _changed();
        }
    }

    // Watchers follow a directory's inode, not its name, so after every change they start from the names again.
    private void Rearm(bool dispose = false)
    {
        Dictionary<string, WatchedNames> old;
        lock (_lock)
        {
            _disposed |= dispose;
            old = _watchers;
            _watchers = new(StringComparer.Ordinal);
            foreach (var directory in _disposed ? [] : _directories)
            {
                WatchDirectory(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)));
            }
        }

        // Outside the lock: an event of theirs may be waiting for it.
        foreach (var names in old.Values)
        {
            names.Watcher?.Dispose();
        }
    }

    private void WatchDirectory(string directory)
    {
        if (Directory.Exists(directory))
        {
            TryAdd(directory, null);
        }

        var name = directory;
        while (Path.GetDirectoryName(name) is { } parent && !TryAdd(parent, Path.GetFileName(name)))
        {
            name = parent;
        }
    }

    /// <summary>Watches a directory for one name in it, or for all; directories beside each other share a watcher of their parent.</summary>
    private bool TryAdd(string directory, string? name)
    {
        if (_watchers.TryGetValue(directory, out var known))
        {
            known.Add(name);
            return true;
        }

        FileSystemWatcher? watcher = null;
        try
        {
            var names = new WatchedNames(name);
            watcher = new FileSystemWatcher(directory)
            {
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Attributes | NotifyFilters.Size | NotifyFilters.CreationTime,
            };
            names.Watcher = watcher;
            watcher.Changed += (_, e) => OnEvent(names, e.Name);
            watcher.Created += (_, e) => OnEvent(names, e.Name);
            watcher.Deleted += (_, e) => OnEvent(names, e.Name);
            watcher.Renamed += (_, e) => OnEvent(names, e.Name, e.OldName);
            watcher.Error += (_, _) => OnChange();
            watcher.EnableRaisingEvents = true;
            _watchers.Add(directory, names);
            return true;
        }
        catch (Exception gone) when (gone is ArgumentException or IOException or UnauthorizedAccessException)
        {
            // Missing, unreadable, or out of inotify watches: its parent is watched instead, and a reload by signal still works.
            watcher?.Dispose();
            return false;
        }
    }

    private void OnEvent(WatchedNames names, params ReadOnlySpan<string?> changed)
    {
        foreach (var name in changed)
        {
            if (names.Has(name))
            {
                OnChange();
                return;
            }
        }
    }

    private void OnChange()
    {
        lock (_lock)
        {
            if (!_disposed)
            {
                _quiet.Change(_rest, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>One directory's watcher and the names in it that matter.</summary>
    private sealed class WatchedNames(string? name)
    {
        private readonly Lock _lock = new();
        private readonly HashSet<string> _names = name is null ? [] : [name];
        private bool _all = name is null;

        public FileSystemWatcher? Watcher { get; set; }

        public void Add(string? other)
        {
            lock (_lock)
            {
                _all |= other is null;
                if (other is not null)
                {
                    _names.Add(other);
                }
            }
        }

        // An event without a name may be about any.
        public bool Has(string? changed)
        {
            lock (_lock)
            {
                return _all || changed is null || _names.Contains(changed);
            }
        }
    }
}
