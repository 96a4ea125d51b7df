using ClearanceDaemon.Core.Time;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>One request that waits for an ask's verdict, no longer than its own time and no longer than its caller is there.</summary>
internal sealed class Waiter
{
    private readonly TaskCompletionSource<Verdict?> _answer = new();
    private readonly PendingAsk _ask;
    private readonly TurnTimer _timeout;
    private readonly CancellationTokenRegistration _gone;

    public Waiter(PendingAsk ask, TurnTimers timers, TimeSpan wait, Verdict timedOut, CancellationToken gone)
    {
        _ask = ask;
        _timeout = timers.Schedule(wait, () => Answer(timedOut));
        _gone = gone.Register(() => Answer(timedOut));
        ask.Add(this);
    }

    /// <summary>The verdict; null when there is one that could not be put on record.</summary>
    public Task<Verdict?> Task => _answer.Task;

    public void Answer(Verdict? verdict)
    {
        _ask.Remove(this);
        _timeout.Cancel();
        _gone.Dispose();
        _answer.TrySetResult(verdict);
    }
}
