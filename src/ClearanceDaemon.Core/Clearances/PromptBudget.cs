using ClearanceDaemon.Core.Time;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>
/// Who may put one more prompt before a person: shares by connection, process and socket, of what is open and of what is
/// new a minute. For the reactor's thread.
/// </summary>
internal sealed class PromptBudget(DeskLimits limits, TurnTimers timers)
{
    private const int FirstSweep = 256;

    /// <summary>When a share is used up by open prompts nobody knows when one ends.</summary>
    private static readonly TimeSpan OpenRetry = TimeSpan.FromSeconds(5);

    private readonly Dictionary<object, Share> _shares = [];
    private int _sweepAt = FirstSweep;

    internal int Remembered => _shares.Count;

    /// <summary>Takes a place for one prompt; null when there was one, else when to come back.</summary>
    public TimeSpan? Take(Asker asker, string via, int bytes)
    {
        Sweep();
        Share[] shares = [.. SharesOf(asker, via)];
        if (shares.Any(share => share.Open >= share.MaxOpen || share.Bytes + bytes > share.MaxBytes))
        {
            return OpenRetry;
        }

        var wait = shares.Max(share => share.Rate?.WaitFor(timers.Now) ?? 0);
        if (wait > 0)
        {
            return TimeSpan.FromMilliseconds(wait);
        }

        foreach (var share in shares)
        {
            share.Open++;
            share.Bytes += bytes;
            share.Rate?.Take();
        }

        return null;
    }

    /// <summary>Gives the place back.</summary>
    public void Give(Asker asker, string via, int bytes)
    {
        foreach (var share in SharesOf(asker, via))
        {
            share.Open--;
            share.Bytes -= bytes;
        }
    }

    private IEnumerable<Share> SharesOf(Asker asker, string via)
    {
        yield return Of(asker.Connection, limits.PendingPerConnection, null);
        yield return Of(via, limits.PendingPerVia, limits.PromptsPerMinutePerVia, limits.PendingBytesPerVia);
        if (asker.Pid is { } pid)
        {
            yield return Of(pid, limits.PendingPerProcess, limits.PromptsPerMinute);
        }
    }

    private Share Of(object key, int maxOpen, int? perMinute, long maxBytes = long.MaxValue)
    {
        if (!_shares.TryGetValue(key, out var share))
        {
            share = new(maxOpen, maxBytes, perMinute is { } rate ? new(rate, timers.Now) : null);
            _shares.Add(key, share);
        }

        return share;
    }

    /// <summary>Drops the shares that are whole again, when there are twice as many as the last time that had to stay.</summary>
    private void Sweep()
    {
        if (_shares.Count < _sweepAt)
        {
            return;
        }

        foreach (var (key, share) in _shares.ToArray())
        {
            if (share.Open == 0 && share.Rate?.IsFull(timers.Now) != false)
            {
                _shares.Remove(key);
            }
        }

        _sweepAt = Math.Max(FirstSweep, _shares.Count * 2);
    }

    private sealed class Share(int maxOpen, long maxBytes, TokenBucket? rate)
    {
        public int MaxOpen => maxOpen;

        public long MaxBytes => maxBytes;

        public TokenBucket? Rate => rate;

        public int Open { get; set; }

        public long Bytes { get; set; }
    }
}
