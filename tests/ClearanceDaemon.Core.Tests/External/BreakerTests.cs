using ClearanceDaemon.Core.External;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Tests.External;

/// <summary>How long a handler that fails is left alone.</summary>
public sealed class BreakerTests
{
    private static readonly HandlerFailure Failure = new() { Why = HandlerFault.Exit, Message = "it exited" };
    private readonly FakeTime _time = new();
    private readonly Breaker _breaker;

    public BreakerTests() => _breaker = new(_time);

    [Fact]
    public void The_first_failures_cost_nothing_and_the_next_a_rest()
    {
        Fail(Breaker.FreeFailures);
        Assert.Equal((TimeSpan.Zero, HandlerState.Ok, null), (_breaker.Rest, _breaker.State, _breaker.TryEnter()));
        _breaker.Failed(Failure);
        Assert.Equal((Breaker.FirstRest, HandlerState.BackingOff, Breaker.FirstRest), (_breaker.Rest, _breaker.State, _breaker.TryEnter()));
        Assert.Same(Failure, _breaker.LastFailure);
    }

    [Fact]
    public void Rests_double_up_to_the_longest_and_stay_there_for_ever()
    {
        Fail(Breaker.FreeFailures);
        var expected = Breaker.FirstRest;
        for (var i = 0; i < 100; i++)
        {
            Fail(1);
            Assert.Equal(expected, _breaker.Rest);
            expected = expected * 2 < Breaker.LongestRest ? expected * 2 : Breaker.LongestRest;
            _time.Advance(_breaker.Rest);
        }
    }

    [Fact]
    public void It_breaks_at_its_number_and_not_one_before()
    {
        Fail(Breaker.BreaksAt - 1);
        Assert.False(_breaker.IsOpen);
        Assert.NotEqual(HandlerState.Broken, _breaker.State);
        Fail(1);
        Assert.True(_breaker.IsOpen);

        // Also while a trial may be made: nobody knows that it is mended.
        _time.Advance(Breaker.LongestRest);
        Assert.Equal(HandlerState.Broken, _breaker.State);
    }

    [Fact]
    public void A_rest_ends_to_the_tick()
    {
        Fail(Breaker.FreeFailures + 1);
        _time.Advance(Breaker.FirstRest - TimeSpan.FromTicks(1));
        Assert.Equal(TimeSpan.FromTicks(1), _breaker.TryEnter());
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(_breaker.TryEnter());
    }

    [Fact]
    public void After_a_rest_one_goes_alone()
    {
        Fail(Breaker.FreeFailures + 1);
        _time.Advance(Breaker.FirstRest);
        Assert.Null(_breaker.TryEnter());
        Assert.Equal(Breaker.FirstRest, _breaker.TryEnter());
        _breaker.Neither();
        Assert.Null(_breaker.TryEnter());
        _breaker.Failed(Failure);
        Assert.Equal(Breaker.FirstRest * 2, _breaker.TryEnter());
        _time.Advance(Breaker.FirstRest * 2);
        Assert.Null(_breaker.TryEnter());
        _breaker.Succeeded();
        Assert.Equal((null, null), (_breaker.TryEnter(), _breaker.TryEnter()));
    }

    [Fact]
    public void A_success_forgets_everything()
    {
        Fail(Breaker.BreaksAt);
        _time.Advance(Breaker.LongestRest);
        _breaker.Succeeded();
        Assert.Equal((HandlerState.Ok, null, TimeSpan.Zero), (_breaker.State, _breaker.LastFailure, _breaker.Rest));
        Fail(Breaker.FreeFailures);
        Assert.Null(_breaker.TryEnter());
    }

    private void Fail(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _breaker.Failed(Failure);
        }
    }
}
