namespace ClearanceDaemon.Core.Tests.Rules;

/// <summary>A clock whose timers go off when the test says so.</summary>
internal sealed class ManualTime : TimeProvider
{
    private Action? _fire;
    private int _armed;

    /// <summary>How often the timer was set.</summary>
    public int Armed => Volatile.Read(ref _armed);

    /// <summary>The last time span it was set to.</summary>
    public TimeSpan DueTime { get; private set; }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _fire = () => callback(state);
        return new ManualTimer(this);
    }

    /// <summary>Waits, at most ten seconds, until the timer has been set more than <paramref name="times"/> times.</summary>
    public void WaitForArmed(int times) =>
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref _armed) > times, TimeSpan.FromSeconds(10)), "no change was seen within ten seconds");

    public void Fire() => _fire!();

    private sealed class ManualTimer(ManualTime time) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.DueTime = dueTime;
            Interlocked.Increment(ref time._armed);
            return true;
        }

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
