using ClearanceDaemon.Conformance;
using ClearanceDaemon.Core.Metrics;

namespace ClearanceDaemon.Core.Tests.Server;

/// <summary>Counts the descriptors of the whole process, so nothing else may run beside it.</summary>
[CollectionDefinition(nameof(ServerLimitsTests), DisableParallelization = true)]
[Collection(nameof(ServerLimitsTests))]
public sealed class ServerLimitsTests
{
    [Fact]
    public void A_process_has_as_many_connections_as_the_limit_says_and_one_more_is_told_busy()
    {
        using var daemon = new TestDaemon(options: static o => o with { MaxConnectionsPerProcess = 3 });
        var clients = Enumerable.Range(0, 3).Select(_ => daemon.Ask()).ToList();
        clients.ForEach(static client => Assert.True(TestDaemon.Call(client, "clearance.ping").GetProperty("pong").GetBoolean()));
        using (var over = daemon.Ask())
        {
            Assert.Equal("busy", TestDaemon.Parse(over.ReadLine()!).GetProperty("error").GetProperty("data").GetProperty("code").GetString());
            Assert.True(over.IsClosedByServer());
        }

        Assert.Equal(1, daemon.Count(Counter.RefusedBusy));
        clients[0].Dispose();
        Eventually.True(() => daemon.Count(Counter.ConnectionsOpen) == 2, "the place is given back");
        using var after = daemon.Ask();
        Assert.True(TestDaemon.Call(after, "clearance.ping").GetProperty("pong").GetBoolean());
        clients.ForEach(static client => client.Dispose());
    }

    [Fact]
    public void Askers_cannot_lock_the_operator_out()
    {
        using var daemon = new TestDaemon(options: static o => o with { MaxConnections = 2, MaxOperatorConnections = 1 });
        using var one = daemon.Ask();
        using var two = daemon.Ask();
        Assert.True(TestDaemon.Call(two, "clearance.ping").GetProperty("pong").GetBoolean());
        using var operators = daemon.Operator();
        Assert.Equal("ok", TestDaemon.Call(operators, "daemon.status").GetProperty("state").GetString());
        using var over = daemon.Operator();
        Assert.Equal("busy", TestDaemon.Parse(over.ReadLine()!).GetProperty("error").GetProperty("data").GetProperty("code").GetString());
    }

    [Fact]
    public void A_connection_has_as_many_requests_in_flight_as_the_limit_says_and_one_more_is_busy()
    {
        using var daemon = new TestDaemon(options: static o => o with { MaxInFlight = 2 });
        using var client = daemon.Ask();
        for (var i = 0; i < 2; i++)
        {
            client.Send($$$"""{"jsonrpc":"2.0","id":{{{i}}},"method":"clearance.ask","params":{"action":"demo.wait","resource":"{{{i}}}"}}""" + "\n");
            Assert.Contains("clearance.asked", client.ReadLine(), StringComparison.Ordinal);
        }

        var error = TestDaemon.Parse(client.Ask("""{"jsonrpc":"2.0","id":9,"method":"clearance.ping"}""")).GetProperty("error").GetProperty("data");
        Assert.Equal("busy", error.GetProperty("code").GetString());
        Assert.Equal("1s", error.GetProperty("retryAfter").GetString());
    }

    [Fact]
    public void B37_clients_that_drop_at_any_moment_leak_no_descriptor()
    {
        using var daemon = new TestDaemon();
        using (var warm = daemon.Ask())
        {
            TestDaemon.Call(warm, "clearance.ping");
        }

        Eventually.True(() => daemon.Count(Counter.ConnectionsOpen) == 0, "the first is gone");
        var before = Descriptors();
        for (var i = 0; i < 10_000; i++)
        {
            using var client = daemon.Ask();
            if (i % 3 == 1)
            {
                client.Send("{\"half");
            }
            else if (i % 3 == 2)
            {
                client.Send("""{"jsonrpc":"2.0","id":1,"method":"clearance.ping"}""" + "\n");
            }
        }

        Eventually.True(() => daemon.Count(Counter.Connections) == 10_001 && daemon.Count(Counter.ConnectionsOpen) == 0, "all are gone");
        Eventually.True(() => Descriptors() <= before + 2, "every descriptor is closed");
    }

    [Fact]
    public async Task A_stop_lets_what_is_in_flight_finish_within_its_time_and_answers_the_rest_unavailable()
    {
        var slow = new SlowHandler();
        using var daemon = new TestDaemon(options: static o => o with { DrainTime = TimeSpan.FromMilliseconds(300) }, services: slow.AddTo);
        using var finishing = daemon.Ask();
        using var stuck = daemon.Ask();
        using var idle = daemon.Ask();
        finishing.Send(SlowHandler.Line);
        Eventually.True(() => slow.Waiting == 1, "the first one is in flight");
        stuck.Send(SlowHandler.Line);
        Eventually.True(() => slow.Waiting == 2, "both are in flight");
        Assert.True(TestDaemon.Call(idle, "clearance.ping").GetProperty("pong").GetBoolean());
        var stopped = daemon.StopAsync();
        Eventually.True(() => daemon.Log.Has(2), "the stop begins");
        slow.ReleaseOne();
        await stopped;
        Assert.True(TestDaemon.Parse(finishing.ReadLine()!).TryGetProperty("result", out _));
        Assert.Equal("unavailable", TestDaemon.Parse(stuck.ReadLine()!).GetProperty("error").GetProperty("data").GetProperty("code").GetString());
        Assert.True(idle.IsClosedByServer());
        Assert.True(stuck.IsClosedByServer());
        Assert.True(daemon.Log.Has(3));
    }

    [Fact]
    public async Task While_it_stops_new_requests_of_old_connections_are_unavailable_and_new_connections_are_not_taken()
    {
        var slow = new SlowHandler();
        using var daemon = new TestDaemon(options: static o => o with { DrainTime = TimeSpan.FromMilliseconds(500) }, services: slow.AddTo);
        using var client = daemon.Ask();
        client.Send(SlowHandler.Line);
        Eventually.True(() => slow.Waiting == 1, "it is in flight");
        var stopped = daemon.StopAsync();
        Eventually.True(() => daemon.Log.Has(2), "the stop begins");
        Assert.Equal(-32008, TestDaemon.Parse(client.Ask("""{"jsonrpc":"2.0","id":2,"method":"clearance.ping"}""")).GetProperty("error").GetProperty("code").GetInt32());
        await stopped;
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_people()
    {
        using var daemon = new TestDaemon(options: static o => o with { DrainTime = TimeSpan.FromMinutes(1) });
        using var waiting = daemon.Ask();
        waiting.Ask("""{"jsonrpc":"2.0","id":1,"method":"clearance.ask","params":{"action":"demo.wait"}}""");
        await daemon.StopAsync();
        Assert.Equal("unavailable", TestDaemon.Parse(waiting.ReadLine()!).GetProperty("error").GetProperty("data").GetProperty("code").GetString());
        Assert.True(waiting.IsClosedByServer());
        Assert.Contains(daemon.AuditRecords(), static record => record.TryGetProperty("outcome", out var outcome) && outcome.GetString() == "withdrawn");
    }

    private static int Descriptors() => Directory.GetFiles("/proc/self/fd").Length;
}
