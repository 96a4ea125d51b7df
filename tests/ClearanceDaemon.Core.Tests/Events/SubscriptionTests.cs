using ClearanceDaemon.Core.Events;

namespace ClearanceDaemon.Core.Tests.Events;

/// <summary>One subscriber's way through the stream, as fast as it reads.</summary>
public sealed class SubscriptionTests
{
    private readonly EventHub _hub = new("epoch", TimeProvider.System, new EventLimits { Events = 4 });
    private readonly FakeSource _source = new();

    [Fact]
    public void A_new_one_gets_a_snapshot_and_its_end_and_then_what_is_new()
    {
        Happen("decided", 2);
        _source.Asks = 2;
        var (sink, subscription) = Subscribe(null, 0);
        Assert.Equal([("asked", 2), ("asked", 2), ("snapshot_end", 2)], sink.Lines);
        Assert.False(subscription.IsPaused);
        Happen("decided", 1);
        Assert.Equal(3, sink.Lines.Count);
        _hub.Flush();
        Assert.Equal(("decided", 3), sink.Lines[^1]);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(5, true)]
    [InlineData(6, true)]
    [InlineData(7, false)]
    public void One_that_comes_back_goes_on_from_its_place_as_long_as_that_is_kept(long after, bool kept)
    {
        Happen("decided", 6);
        var (sink, _) = Subscribe("epoch", after);
        Assert.Equal(kept ? 0 : 1, _source.Taken);
        if (kept)
        {
            Assert.Equal(Enumerable.Range((int)after + 1, 6 - (int)after).Select(static seq => (long)seq), sink.Lines.Select(static line => line.Seq));
        }
        else
        {
            Assert.Equal(["lost", "snapshot_end"], sink.Types);
        }
    }

    [Fact]
    public void A_place_in_another_life_is_lost()
    {
        Happen("decided", 3);
        var (sink, _) = Subscribe("other", 2);
        Assert.Equal(["lost", "snapshot_end"], sink.Types);
    }

    [Fact]
    public void One_without_room_is_sent_nothing_until_it_has_some_and_then_everything_in_order()
    {
        _source.Asks = 2;
        var (sink, subscription) = Subscribe(null, 0, room: 1);
        Assert.Equal(["asked"], sink.Types);
        Assert.True(subscription.IsPaused);
        Happen("decided", 2);
        _hub.Flush();
        Assert.Single(sink.Lines);
        sink.Room = 100;
        subscription.Pump();
        Assert.Equal([("asked", 0), ("asked", 0), ("snapshot_end", 0), ("decided", 1), ("decided", 2)], sink.Lines);
    }

    [Fact]
    public void One_that_falls_behind_what_is_kept_is_told_so_and_begins_anew()
    {
        var (sink, subscription) = Subscribe(null, 0);
        sink.Room = 0;
        Happen("decided", 4);
        _hub.Flush();
        sink.Room = 1;
        subscription.Pump();
        Assert.Equal(("decided", 1), sink.Lines[^1]);
        Happen("decided", 2);
        sink.Lines.Clear();
        sink.Room = 100;
        subscription.Pump();
        Assert.Equal([("lost", 6), ("snapshot_end", 6)], sink.Lines);
        Assert.Equal(2, _source.Taken);
        Happen("decided", 1);
        _hub.Flush();
        Assert.Equal(("decided", 7), sink.Lines[^1]);
    }

    [Fact]
    public void One_that_falls_behind_in_the_middle_of_its_snapshot_is_told_after_it()
    {
        _source.Asks = 3;
        var (sink, subscription) = Subscribe(null, 0, room: 1);
        Happen("decided", 9);
        sink.Room = 100;
        subscription.Pump();
        Assert.Equal(["asked", "asked", "asked", "snapshot_end", "lost", "asked", "asked", "asked", "snapshot_end"], sink.Types);
    }

    [Fact]
    public void One_that_does_not_read_costs_the_others_nothing()
    {
        var (deaf, _) = Subscribe(null, 0, room: 0);
        var (reading, _) = Subscribe(null, 0);
        for (var i = 0; i < 100; i++)
        {
            Happen("decided", 1);
            _hub.Flush();
        }

        Assert.Empty(deaf.Lines);
        Assert.Equal(Enumerable.Range(1, 100).Select(static seq => (long)seq), reading.Lines.Skip(1).Select(static line => line.Seq));
    }

    [Fact]
    public void Only_those_who_answer_count_and_each_change_is_an_event()
    {
        var (watching, _) = Subscribe(null, 0);
        var (_, answering) = Subscribe(null, 0, answers: true);
        Assert.Equal(1, _hub.Answering);
        answering.End();
        answering.End();
        Assert.Equal((0, 1), (_hub.Answering, _hub.Subscribers));
        _hub.Flush();
        Assert.Equal(["snapshot_end", "operators", "operators"], watching.Types);
    }

    private (FakeSink Sink, Subscription Subscription) Subscribe(string? epoch, long after, int room = int.MaxValue, bool answers = false)
    {
        var sink = new FakeSink { Room = room };
        var subscription = new Subscription(_hub, _source, sink, answers);
        subscription.Start(epoch, after);
        subscription.Pump();
        return (sink, subscription);
    }

    private void Happen(string type, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _hub.Begin(System.Text.Encoding.ASCII.GetBytes(type)).Raw("{}"u8);
            _hub.End();
        }
    }
}
