using ClearanceDaemon.Core.External;
using ClearanceDaemon.Core.Tests.Server;

namespace ClearanceDaemon.Core.Tests.External;

/// <summary>No more at a time than a handler takes, none while it rests; and what is told of that.</summary>
public sealed class PortTests
{
    private static readonly (string, string)[] OneHandler = [("hello", HandlerWorld.Hello)];
    private readonly FakeTime _time = new();

    [Fact]
    public void Those_over_the_concurrency_wait_and_are_served_in_the_order_they_came()
    {
        using var world = new HandlerWorld(OneHandler, more: ",\"concurrency\":1");
        using var client = world.Daemon.Ask();
        const int calls = 50;
        client.Send(string.Concat(Enumerable.Range(0, calls).Select(Line)));
        for (var i = 0; i < calls; i++)
        {
            var order = world.Fake.Next();
            Assert.Equal(i, order.Request.GetProperty("params").GetProperty("n").GetInt32());
            Assert.False(world.Fake.HasNext, "one at a time");
            order.Call($"{i}");
        }

        for (var i = 0; i < calls; i++)
        {
            Assert.Equal(i, TestDaemon.Parse(client.ReadLine()!).GetProperty("result").GetInt32());
        }

        Assert.Equal((0, calls), (world.Item("hello").GetProperty("inFlight").GetInt32(), world.Item("hello").GetProperty("calls").GetInt32()));
    }

    [Fact]
    public void As_many_wait_as_may_and_one_more_is_told_it_is_busy()
    {
        using var world = new HandlerWorld(OneHandler, options: static o => o with { MaxInFlight = HandlerPort.MostWaiting * 2 }, more: ",\"concurrency\":1");
        using var client = world.Daemon.Ask();
        client.Send(string.Concat(Enumerable.Range(0, HandlerPort.MostWaiting + 1).Select(Line)));
        var first = world.Fake.Next();
        client.Send(Line(9999));
        var busy = TestDaemon.Parse(client.ReadLine()!);
        Assert.Equal((9999, "busy"), (busy.GetProperty("id").GetInt32(), Asking.Essence(busy.GetProperty("error"))));
        Assert.Equal("1s", busy.GetProperty("error").GetProperty("data").GetProperty("retryAfter").GetString());
        world.Fake.Script = static order =>
        {
            order.Call();
            return true;
        };
        first.Call();
        for (var i = 0; i <= HandlerPort.MostWaiting; i++)
        {
            Assert.Equal(i, TestDaemon.Parse(client.ReadLine()!).GetProperty("id").GetInt32());
        }
    }

    [Fact]
    public void A_handler_that_fails_again_and_again_rests_breaks_and_is_told_of_and_one_success_mends_it()
    {
        using var world = new HandlerWorld(OneHandler, clock: _time);
        using var person = new Person(world.Daemon);
        world.Fake.Script = Failing;
        for (var i = 1; i <= Breaker.BreaksAt; i++)
        {
            Assert.Contains("it is broken", world.Call("hello.world").GetProperty("message").GetString(), StringComparison.Ordinal);
            Assert.Equal(i <= Breaker.FreeFailures ? "ok" : i < Breaker.BreaksAt ? "backing_off" : "broken", world.State("hello"));
            if (i > Breaker.FreeFailures)
            {
                var resting = world.Call("hello.world");
                Assert.Equal("handler_failed", Asking.Essence(resting));
                Assert.Equal($"{1 << (i - Breaker.FreeFailures - 1)}s", resting.GetProperty("data").GetProperty("retryAfter").GetString());
                Assert.True(world.Item("hello").TryGetProperty("retryAt", out _));
            }

            _time.Advance(Breaker.LongestRest);
        }

        Assert.Equal(Breaker.BreaksAt, world.Fake.Seen.Count);
        var told = person.Next("handler").GetProperty("data");
        Assert.Equal("hello broken", $"{told.GetProperty("name")} {told.GetProperty("state")}");
        Assert.Equal("degraded", world.Daemon.OperatorCall("daemon.status").GetProperty("state").GetString());
        Assert.Equal((Breaker.BreaksAt, "exit"), (world.Item("hello").GetProperty("failures").GetInt32(), world.Item("hello").GetProperty("lastFailure").GetProperty("why").GetString()));

        world.Fake.Script = static order =>
        {
            order.Call("1");
            return true;
        };
        Assert.Equal(1, world.Call("hello.world").GetInt32());
        Assert.Equal("ok", person.Next("handler").GetProperty("data").GetProperty("state").GetString());
        Assert.Equal("ok", world.Daemon.OperatorCall("daemon.status").GetProperty("state").GetString());
        Assert.False(world.Item("hello").TryGetProperty("lastFailure", out _));
    }

    [Fact]
    public void Those_who_wait_behind_a_handler_that_breaks_are_not_all_tried()
    {
        using var world = new HandlerWorld(OneHandler, clock: _time, more: ",\"concurrency\":1");
        using var client = world.Daemon.Ask();
        client.Send(string.Concat(Enumerable.Range(0, 100).Select(Line)));
        for (var i = 0; i <= Breaker.FreeFailures; i++)
        {
            world.Fake.Next().Fail("exit");
        }

        var answers = Enumerable.Range(0, 100).Select(_ => TestDaemon.Parse(client.ReadLine()!)).ToArray();
        Assert.Equal(Enumerable.Range(0, 100), answers.Select(static answer => answer.GetProperty("id").GetInt32()).Order());
        Assert.Equal(97, answers.Count(static answer => answer.GetProperty("error").GetProperty("message").GetString()!.Contains("rests", StringComparison.Ordinal)));
        Assert.Equal((Breaker.FreeFailures + 1, 0), (world.Fake.Seen.Count, world.Item("hello").GetProperty("inFlight").GetInt32()));
    }

    [Fact]
    public async Task A_trial_goes_alone_and_a_test_meanwhile_frees_nobody()
    {
        using var world = new HandlerWorld(OneHandler, clock: _time);
        world.Fake.Script = Failing;
        for (var i = 0; i <= Breaker.FreeFailures; i++)
        {
            world.Call("hello.world");
        }

        _time.Advance(Breaker.FirstRest);
        world.Fake.Script = static _ => false;
        var trial = world.CallAsync("hello.world");
        var order = world.Fake.Next();
        Assert.Contains("rests", world.Call("hello.world").GetProperty("message").GetString(), StringComparison.Ordinal);
        var test = Task.Run(() => world.Daemon.OperatorCall("handlers.test", """{"name":"hello","method":"hello.world"}"""));
        world.Fake.Next().Fail("exit");
        Assert.Equal("exit", (await test).GetProperty("failure").GetProperty("why").GetString());
        Assert.Contains("rests", world.Call("hello.world").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(3, world.Item("hello").GetProperty("failures").GetInt32());
        order.Call("1");
        Assert.Equal(1, (await trial).GetInt32());
    }

    private static string Line(int n) => $$$"""{"jsonrpc":"2.0","id":{{{n}}},"method":"hello.world","params":{"n":{{{n}}}}}""" + "\n";

    private static bool Failing(FakeOrder order)
    {
        order.Fail("exit");
        return true;
    }
}
