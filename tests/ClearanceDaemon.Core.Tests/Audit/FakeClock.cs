namespace ClearanceDaemon.Core.Tests.Audit;

/// <summary>A clock that moves when told; its timestamps follow <see cref="Pass"/> but not <see cref="Set"/>, as the real ones do.</summary>
internal sealed class FakeClock(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset _now = now;
    private long _elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => Volatile.Read(ref _elapsed);

    public void Set(DateTimeOffset time) => _now = time;

    public void Pass(TimeSpan time)
    {
        _now += time;
        Interlocked.Add(ref _elapsed, time.Ticks);
    }
}
