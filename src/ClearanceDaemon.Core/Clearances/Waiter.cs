using ClearanceDaemon.Core.Time;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>One request that waits for an ask's verdict, no longer than its own time and no longer than its caller is there.</summary>
internal sealed class Waiter
{
    private readonly TaskCompletionSource<Verdict?> _answer = new();
    private readonly TurnTimer _timeout;
    private readonly CancellationTokenRegistration _gone;

    /// <param name="ask">What it waits for.</param>
    /// <param name="asker">Who waits.</param>
    /// <param name="timeout">When its own time is up.</param>
    /// <param name="onGone">What happens when its caller is gone.</param>
    /// <param name="gone">Cancelled when it is.</param>
    public Waiter(PendingAsk ask, Asker asker, Func<Waiter, TurnTimer> timeout, Action<Waiter> onGone, CancellationToken gone)
    {
        Ask = ask;
        Asker = asker;
        ask.Add(this);
        _timeout = timeout(this);
        _gone = gone.Register(() => onGone(this));
    }

    public PendingAsk Ask { get; }

    public Asker Asker { get; }

    /// <summary>The verdict; null when there is one that could not be put on record.</summary>
    public Task<Verdict?> Task => _answer.Task;

    public bool IsAnswered => _answer.Task.IsCompleted;

    /// <summary>True once it counts no more as waiting, even if that is not on record and so not answered yet.</summary>
    public bool HasLeft { get; private set; }

    public void Leave()
    {
        HasLeft = true;
        Ask.Remove(this);
        _timeout.Cancel();
    }

    public void Answer(Verdict? verdict)
    {
        Ask.Remove(this);
        _timeout.Cancel();
        _gone.Dispose();
        _answer.TrySetResult(verdict);
    }
}
