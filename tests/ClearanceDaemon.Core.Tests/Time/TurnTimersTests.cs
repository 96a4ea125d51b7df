using ClearanceDaemon.Core.Time;

namespace ClearanceDaemon.Core.Tests.Time;

/// <summary>Timers whose clock is moved by hand.</summary>
public sealed class TurnTimersTests
{
    private readonly TurnTimers _timers = new() { Now = 1000 };
    private readonly List<string> _ran = [];

    [Fact]
    public void What_is_due_runs_in_order_and_once()
    {
        Schedule(30, "late");
        Schedule(10, "early");
        Schedule(20, "middle");
        RunAt(1009);
        Assert.Empty(_ran);
        RunAt(1010);
        Assert.Equal(["early"], _ran);
        RunAt(5000);
        Assert.Equal(["early", "middle", "late"], _ran);
        RunAt(9000);
        Assert.Equal(3, _ran.Count);
    }

    [Theory]
    [InlineData(-5, 1000)]
    [InlineData(0, 1000)]
    [InlineData(0.2, 1001)]
    [InlineData(1, 1001)]
    [InlineData(1.0001, 1002)]
    public void A_part_of_a_millisecond_is_waited_for_whole_and_the_past_is_now(double milliseconds, long due)
    {
        Schedule(milliseconds, "x");
        Assert.Equal(due, _timers.NextDue);
    }

    [Fact]
    public void A_cancelled_timer_neither_runs_nor_wakes_anyone()
    {
        var first = Schedule(10, "first");
        Schedule(20, "second");
        first.Cancel();
        first.Cancel();
        Assert.Equal(1020, _timers.NextDue);
        RunAt(1020);
        Assert.Equal(["second"], _ran);
        Assert.Null(_timers.NextDue);
    }

    [Fact]
    public void A_timer_may_cancel_another_that_is_due_in_the_same_turn()
    {
        TurnTimer? other = null;
        _timers.Schedule(TimeSpan.FromMilliseconds(10), () => other!.Cancel());
        other = Schedule(11, "never");
        RunAt(1011);
        Assert.Empty(_ran);
    }

    [Fact]
    public void What_a_callback_schedules_for_now_runs_in_the_same_turn()
    {
        _timers.Schedule(TimeSpan.FromMilliseconds(10), () => Schedule(0, "inner"));
        RunAt(1010);
        Assert.Equal(["inner"], _ran);
    }

    [Fact]
    public void A_repeated_one_first_waits_a_period_and_catches_nothing_up()
    {
        _timers.Every(TimeSpan.FromMilliseconds(100), () => _ran.Add("tick"));
        RunAt(1099);
        Assert.Empty(_ran);
        RunAt(1100);
        Assert.Single(_ran);
        RunAt(9000);
        Assert.Equal(2, _ran.Count);
        Assert.Equal(9100, _timers.NextDue);
    }

    [Fact]
    public void A_repeated_one_goes_on_after_its_action_failed()
    {
        _timers.Every(TimeSpan.FromMilliseconds(100), static () => throw new IOException("once"));
        _timers.Now = 1100;
        Assert.Throws<IOException>(_timers.RunDue);
        Assert.Equal(1200, _timers.NextDue);
    }

    private TurnTimer Schedule(double milliseconds, string name) => _timers.Schedule(TimeSpan.FromMilliseconds(milliseconds), () => _ran.Add(name));

    private void RunAt(long now)
    {
        _timers.Now = now;
        _timers.RunDue();
    }
}
