namespace ClearanceDaemon.Core.Time;

/// <summary>
/// What is due when, in milliseconds of a monotonic clock, for one thread: the reactor runs what is due at the end of a
/// turn. A cancelled timer leaves the queue when its time comes.
/// </summary>
internal sealed class TurnTimers
{
    private readonly PriorityQueue<TurnTimer, long> _queue = new();

    /// <summary>The clock of the current turn.</summary>
    public long Now { get; set; }

    /// <summary>When the next timer is due; null when none is set.</summary>
    public long? NextDue
    {
        get
        {
            while (_queue.TryPeek(out var timer, out var due))
            {
                if (timer.Callback is not null)
                {
                    return due;
                }

                _queue.Dequeue();
            }

            return null;
        }
    }

    public TurnTimer Schedule(TimeSpan delay, Action callback)
    {
        var timer = new TurnTimer(callback);
        _queue.Enqueue(timer, Now + (long)Math.Max(0, Math.Ceiling(delay.TotalMilliseconds)));
        return timer;
    }

    /// <summary>Runs a callback again and again, the first time after one period.</summary>
    public void Every(TimeSpan period, Action callback) => Schedule(period, () =>
    {
        Every(period, callback);
        callback();
    });

    public void RunDue()
    {
        while (_queue.TryPeek(out var timer, out var due) && due <= Now)
        {
            _queue.Dequeue();
            var callback = timer.Callback;
            timer.Cancel();
            callback?.Invoke();
        }
    }
}
