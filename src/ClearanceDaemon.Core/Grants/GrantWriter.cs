namespace ClearanceDaemon.Core.Grants;

/// <summary>
/// One write at a time, and one for all who came while the last one ran. A write is of the state after all whose turn it is,
/// and whoever's turn failed takes their change back before the next write begins: nothing that was refused gets on disk
/// with what comes later. For the reactor's thread.
/// </summary>
/// <param name="write">Puts the state as of the call on disk: null, or why not.</param>
/// <param name="written">Told after every write, when all who took part have settled.</param>
internal sealed class GrantWriter(Func<Task<string?>> write, Action written)
{
    private List<(Func<string?, string?> Settle, TaskCompletionSource<string?> Done)> _waiting = [];
    private bool _writing;

    /// <summary>True when the file may hold something else than what is in force.</summary>
    public bool IsBehind { get; private set; }

    /// <summary>What the last write failed at; null when it did not.</summary>
    public string? Error { get; private set; }

    /// <summary>Puts on disk what was changed just now; the outcome is what <paramref name="settle"/> makes of the write's.</summary>
    public Task<string?> SaveAsync(Func<string?, string?> settle)
    {
        var done = new TaskCompletionSource<string?>();
        _waiting.Add((settle, done));
        IsBehind = true;
        if (!_writing)
        {
            WriteAll();
        }

        return done.Task;
    }

    /// <summary>Completes when nothing is to be written any more.</summary>
    public Task<string?> SaveAsync() => SaveAsync(static error => error);

    // Void, so that a fault of those who are told goes to the reactor, which logs it.
    private async void WriteAll()
    {
        _writing = true;
        while (_waiting.Count > 0)
        {
            var batch = _waiting;
            _waiting = [];
            var error = await OutcomeAsync();
            Error = error;
            IsBehind = error is not null || _waiting.Count > 0;
            Tell(batch, error);
        }

        _writing = false;
    }

    private void Tell(List<(Func<string?, string?> Settle, TaskCompletionSource<string?> Done)> batch, string? error)
    {
        try
        {
            var answers = batch.ConvertAll(entry => entry.Settle(error));
            written();
            for (var i = 0; i < batch.Count; i++)
            {
                batch[i].Done.SetResult(answers[i]);
            }
        }
        catch
        {
            // Nobody waits for ever, and the next may write.
            _writing = false;
            IsBehind = true;
            batch.ForEach(static entry => entry.Done.TrySetResult("grants could not be kept in order; see the daemon's log"));
            throw;
        }
    }

    // A fault is an outcome here: those who wait must hear of it.
    private async Task<string?> OutcomeAsync()
    {
        var task = write();
        await Task.WhenAny(task);
        return task.IsCompletedSuccessfully ? await task : $"grants cannot be written: {task.Exception?.InnerException?.Message ?? "cancelled"}";
    }
}
