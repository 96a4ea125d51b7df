using ClearanceDaemon.Core.Documents;
using ClearanceDaemon.Core.Rules.Loading;

namespace ClearanceDaemon.Core.Rules;

/// <summary>
/// Holds the rules in force. A load with errors never replaces a good set; before the first good one the state is
/// <see cref="RuleStoreState.Bad"/> and no ask may be answered from <see cref="Current"/>. Owns its watchers.
/// Loading is slow and not for the reactor; reading the properties is free from any thread.
/// </summary>
internal sealed class RuleStore : IDisposable
{
    private readonly RuleStoreOptions _options;
    private readonly RuleLoader _loader;
    private readonly Lock _loading = new();
    private volatile RuleStoreStatus _status = RuleStoreStatus.Initial;
    private DocumentWatcher? _watcher;
    private bool _disposed;

    public RuleStore(RuleStoreOptions options)
    {
        _options = options;
        _loader = new(options.Trust, options.FileIdentity);
    }

    /// <summary>After every load, by <see cref="Load"/> or by a change on disk, on the thread that loaded.</summary>
    public event Action<RuleStoreStatus>? Changed;

    public RuleSet Current => _status.Set;

    public RuleStoreState State => _status.State;

    /// <summary>All of the last load in one consistent piece.</summary>
    public RuleStoreStatus Status => _status;

    /// <summary>Reads the files again and, if they are good, puts them in force.</summary>
    public RuleLoad Load()
    {
        lock (_loading)
        {
            var load = _loader.Load(_options.Directories, _options.AreNamed);
            _status = _status.After(load, _options.Time.GetUtcNow());
            Changed?.Invoke(_status);
            return load;
        }
    }

    /// <summary>Loads whenever the files have changed and then rested. Changes from before this call are not seen.</summary>
    public void Watch()
    {
        lock (_loading)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _watcher ??= new DocumentWatcher([.. _options.Directories, .. _options.WatchedToo], _options.Quiet, _options.Time, () => Load());
        }
    }

    public void Dispose()
    {
        DocumentWatcher? watcher;
        lock (_loading)
        {
            _disposed = true;
            watcher = _watcher;
            _watcher = null;
        }

        watcher?.Dispose();
    }
}
