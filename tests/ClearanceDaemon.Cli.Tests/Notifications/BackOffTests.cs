using ClearanceDaemon.Cli.Notifications;

namespace ClearanceDaemon.Cli.Tests.Notifications;

/// <summary>Longer each time, never beyond the longest, and short again after a try that held.</summary>
public sealed class BackOffTests
{
    [Fact]
    public void ItDoublesFromOneSecondToThirty()
    {
        var backOff = new BackOff(new HandClock());
        Assert.Equal([1, 2, 4, 8, 16, 30, 30], Enumerable.Range(0, 7).Select(_ => (int)backOff.Next().TotalSeconds));
    }

    [Theory]
    [InlineData(30, 4)]
    [InlineData(31, 1)]
    public void OnlyATryThatHeldLongerThanTheLongestCountsAsOne(int held, int wait)
    {
        var clock = new HandClock();
        var backOff = new BackOff(clock);
        backOff.Next();
        backOff.Next();
        backOff.Begin();
        clock.Advance(TimeSpan.FromSeconds(held));
        Assert.Equal(wait, (int)backOff.Next().TotalSeconds);
        Assert.Equal(wait * 2, (int)BeginNext(backOff).TotalSeconds);
    }

    private static TimeSpan BeginNext(BackOff backOff)
    {
        backOff.Begin();
        return backOff.Next();
    }
}
