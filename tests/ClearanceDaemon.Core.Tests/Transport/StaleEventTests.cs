using ClearanceDaemon.Conformance;
using ClearanceDaemon.Core.Transport;

namespace ClearanceDaemon.Core.Tests.Transport;

/// <summary>Events that arrive after their connection is gone.</summary>
public sealed class StaleEventTests
{
    [Fact]
    public void An_event_of_a_closed_connection_does_nothing_to_the_one_that_got_its_descriptor()
    {
        var poller = new ReplayingPoller();
        using var fixture = new ReactorFixture(poller);
        var second = fixture.Connect();
        Assert.Equal("first", second.Ask("first"));
        long stale;
        long own;
        do
        {
            // Again when another test of this process took the number in between.
            stale = poller.Tokens.Last();
            second.Dispose();
            Eventually.True(() => fixture.OnReactor(() => fixture.Acceptor.Open) == 0, "the first is gone");
            second = fixture.Connect();
            Assert.Equal("second", second.Ask("second"));
            own = poller.Tokens.Last();
        }
        while ((int)own != (int)stale);

        Assert.NotEqual(own, stale);
        poller.Replay(stale, PollEvents.Read | PollEvents.Closed);
        poller.Replay(stale, PollEvents.Closed);
        Assert.True(fixture.OnReactor(() => true));
        Eventually.True(() => fixture.OnReactor(() => poller.IsDrained), "the events are delivered");
        Assert.Equal("still here", second.Ask("still here"));
        poller.Replay(own, PollEvents.Closed);
        Eventually.True(() => fixture.OnReactor(() => fixture.Acceptor.Open) == 0, "its own event does reach it");
        second.Dispose();
    }
}
