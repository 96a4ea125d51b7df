using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Time;

namespace ClearanceDaemon.Core.Tests.Clearances;

/// <summary>Shares of a person's attention, at their limits and one over.</summary>
public sealed class BudgetTests
{
    private readonly TurnTimers _timers = new();

    [Fact]
    public void A_bucket_has_a_minutes_worth_and_fills_evenly()
    {
        var bucket = new TokenBucket(6, 0);
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(0, bucket.WaitFor(0));
            bucket.Take();
        }

        Assert.Equal(10_000, bucket.WaitFor(0));
        Assert.Equal(1, bucket.WaitFor(9_999));
        Assert.Equal(0, bucket.WaitFor(10_000));
        bucket.Take();
        Assert.Equal(10_000, bucket.WaitFor(10_000));
        Assert.False(bucket.IsFull(69_999));
        Assert.True(bucket.IsFull(70_000));
    }

    [Fact]
    public void A_bucket_that_rested_for_a_year_has_a_minutes_worth()
    {
        var bucket = new TokenBucket(2, 0);
        const long year = 366L * 86_400_000;
        Assert.Equal(0, bucket.WaitFor(year));
        bucket.Take();
        bucket.Take();
        Assert.Equal(30_000, bucket.WaitFor(year));
    }

    [Fact]
    public void B39_each_share_is_held_at_its_limit_and_one_over_is_refused()
    {
        Held(new DeskLimits { PendingPerConnection = 3 }, static (connection, _) => Asker(connection, 1), 3);
        Held(new DeskLimits { PendingPerProcess = 3 }, static (_, _) => Asker(new(), 1), 3);
        Held(new DeskLimits { Pending = 12 }, static (_, i) => Asker(new(), i), 3);
        Held(new DeskLimits { PendingBytes = 12 }, static (_, i) => Asker(new(), i), 3);
    }

    [Fact]
    public void A_share_that_is_used_up_leaves_the_others_theirs()
    {
        var budget = new PromptBudget(new() { PendingPerProcess = 1, Pending = 8 }, _timers);
        Assert.Null(budget.Take(Asker(new(), 1), "ask", 1));
        Assert.NotNull(budget.Take(Asker(new(), 1), "claude", 1));
        Assert.Null(budget.Take(Asker(new(), 2), "ask", 1));
        Assert.NotNull(budget.Take(Asker(new(), 3), "ask", 1));
        Assert.Null(budget.Take(Asker(new(), 3), "claude", 1));
    }

    [Fact]
    public void What_was_refused_took_nothing()
    {
        var budget = new PromptBudget(new() { PendingPerProcess = 1, PromptsPerMinute = 1, PromptsPerMinutePerVia = 2, Pending = 100 }, _timers);
        Assert.Null(budget.Take(Asker(new(), 1), "ask", 1));
        for (var i = 0; i < 10; i++)
        {
            Assert.NotNull(budget.Take(Asker(new(), 1), "ask", 1));
        }

        Assert.Null(budget.Take(Asker(new(), 2), "ask", 1));
        Assert.NotNull(budget.Take(Asker(new(), 3), "ask", 1));
    }

    [Fact]
    public void Prompts_a_minute_come_back_with_time_and_not_with_answers()
    {
        var budget = new PromptBudget(new() { PromptsPerMinute = 2 }, _timers);
        var asker = Asker(new(), 1);
        for (var i = 0; i < 2; i++)
        {
            Assert.Null(budget.Take(asker, "ask", 1));
            budget.Give(asker, "ask", 1);
        }

        Assert.Equal(TimeSpan.FromSeconds(30), budget.Take(asker, "ask", 1));
        _timers.Now += 30_000;
        Assert.Null(budget.Take(asker, "ask", 1));
        Assert.Equal(TimeSpan.FromSeconds(30), budget.Take(asker, "ask", 1));
    }

    [Fact]
    public void B39_what_it_remembers_of_those_who_left_is_bounded_and_what_is_open_is_never_forgotten()
    {
        var budget = new PromptBudget(new() { PendingPerProcess = 1, Pending = 1 << 20, PromptsPerMinutePerVia = 1 << 20 }, _timers);
        Assert.Null(budget.Take(Asker(new(), -1), "ask", 1));
        for (var i = 0; i < 20_000; i++)
        {
            var asker = Asker(new(), i);
            Assert.Null(budget.Take(asker, "ask", 1));
            budget.Give(asker, "ask", 1);
            _timers.Now += 1000;
        }

        Assert.True(budget.Remembered < 1000, $"{budget.Remembered} shares are remembered");
        Assert.NotNull(budget.Take(Asker(new(), -1), "ask", 1));
    }

    private static Asker Asker(object connection, int pid) => SomePeer.Asker(connection, pid);

    private void Held(DeskLimits limits, Func<object, int, Asker> asker, int most)
    {
        var budget = new PromptBudget(limits, _timers);
        var connection = new object();
        for (var i = 0; i < most; i++)
        {
            Assert.Null(budget.Take(asker(connection, i), "ask", 1));
        }

        Assert.Equal(TimeSpan.FromSeconds(5), budget.Take(asker(connection, 99), "ask", 1));
        budget.Give(asker(connection, 0), "ask", 1);
        Assert.Null(budget.Take(asker(connection, 99), "ask", 1));
        Assert.NotNull(budget.Take(asker(connection, 100), "ask", 1));
    }
}
