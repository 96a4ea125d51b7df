namespace ClearanceDaemon.Core.Clearances;

/// <summary>So many a minute, with up to a minute's worth at once.</summary>
internal sealed class TokenBucket(int perMinute, long now)
{
    private const double MinuteMs = 60_000;
    private double _tokens = perMinute;
    private long _at = now;

    public bool IsFull(long now) => Refill(now) >= perMinute;

    /// <summary>Milliseconds until there is one; 0 when there is.</summary>
    public long WaitFor(long now) => Refill(now) >= 1 ? 0 : (long)Math.Ceiling((1 - _tokens) * MinuteMs / perMinute);

    /// <summary>Takes one that is there.</summary>
    public void Take() => _tokens--;

    private double Refill(long now)
    {
        _tokens = Math.Min(perMinute, _tokens + ((now - _at) * perMinute / MinuteMs));
        _at = now;
        return _tokens;
    }
}
