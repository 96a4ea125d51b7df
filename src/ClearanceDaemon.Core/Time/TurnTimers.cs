namespace ClearanceDaemon.Core.Time;

/// <summary>
/// What is due when, in milliseconds of a monotonic clock, for one thread: the reactor runs what is due at the end of a
/// turn. A cancelled timer leaves the queue when its time comes.
/// </summary>
internal sealed class TurnTimers
{
    private PriorityQueue<TurnTimer, long> _queue = new();
    private int _cancelled;

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
        PurgeCancelled();
        var timer = new TurnTimer(callback, this);
        _queue.Enqueue(timer, Now + (long)Math.Max(0, Math.Ceiling(delay.TotalMilliseconds)));
        return timer;
    }

    /// <summary>Runs a callback again and again, the first time after one period.</summary>
    public void Every(TimeSpan period, Action callback) => Schedule(period, () =>
    {
        Every(period, callback);
        callback();
    });

    /// <summary>A timer was cancelled before its time.</summary>
    internal void OnCancelled() => _cancelled++;

    // Long timers that are set and cancelled again and again would else pile up until they are due.
    private void PurgeCancelled()
    {
        if (_cancelled > 64 && _cancelled > _queue.Count / 2)
        {
            var live = new PriorityQueue<TurnTimer, long>();
            foreach (var (timer, due) in _queue.UnorderedItems)
            {
                if (timer.Callback is not null)
                {
                    live.Enqueue(timer, due);
                }
            }

            _queue = live;
            _cancelled = 0;
        }
    }

    public void RunDue()
    {
        while (_queue.TryPeek(out var timer, out var due) && due <= Now)
        {
            _queue.Dequeue();
            timer.Take()?.Invoke();
        }
    }
}
