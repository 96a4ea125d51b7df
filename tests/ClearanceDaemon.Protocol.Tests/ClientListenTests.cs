using ClearanceDaemon.Protocol.Methods;
using static ClearanceDaemon.Protocol.Tests.ScriptedDaemon;

namespace ClearanceDaemon.Protocol.Tests;

/// <summary>A client that follows what happens: one notification a call, and everything else ends it.</summary>
public sealed class ClientListenTests
{
    private const string Subscribed = """{"jsonrpc":"2.0","id":1,"result":{"epoch":"e","seq":4,"resumed":false}}""";
    private const string Pong = """{"jsonrpc":"2.0","id":2,"result":{"pong":true,"pid":42}}""";

    [Fact]
    public void One_notification_at_a_time_in_their_order()
    {
        using var daemon = new ScriptedDaemon(Says(Subscribed, Event(5), Event(6)), Says(Event(7), Pong, Event(8)));
        using var client = new ClearanceClient(daemon.Stream);
        var seen = Follow(client);
        Assert.Equal(4, client.Subscribe(new SubscribeParams { Answers = true }).Seq);
        client.Listen();
        Assert.Equal([5], seen);
        client.Listen();
        Assert.Equal([5, 6], seen);
        Assert.Equal(42, client.Ping().Pid);
        Assert.Equal([5, 6, 7], seen);
        client.Listen();
        Assert.Equal([5, 6, 7, 8], seen);
    }

    [Fact]
    public async Task The_same_without_blocking()
    {
        using var daemon = new ScriptedDaemon(Says(Subscribed, Event(5)));
        await using var client = new ClearanceClient(daemon.Stream);
        var seen = Follow(client);
        await client.CallAsync(ClearanceMethods.Subscribe, new SubscribeParams(), TestContext.Current.CancellationToken);
        await client.ListenAsync(TestContext.Current.CancellationToken);
        Assert.Equal([5], seen);
    }

    [Fact]
    public void A_call_may_be_made_where_an_event_is_handled()
    {
        using var daemon = new ScriptedDaemon(Says(Subscribed, Event(5)), Says(Pong));
        using var client = new ClearanceClient(daemon.Stream);
        var pid = 0;
        client.Happened = _ => pid = client.Ping().Pid;
        client.Subscribe(new SubscribeParams());
        client.Listen();
        Assert.Equal(42, pid);
    }

    [Fact]
    public void Who_listens_to_nothing_misses_nothing_else()
    {
        using var daemon = new ScriptedDaemon(Says(Subscribed, Event(5), """{"jsonrpc":"2.0","method":"x.y","params":{}}"""), Says(Pong));
        using var client = new ClearanceClient(daemon.Stream);
        client.Subscribe(new SubscribeParams());
        client.Listen();
        client.Listen();
        Assert.Equal(42, client.Ping().Pid);
    }

    [Fact]
    public void A_daemon_that_leaves_ends_it()
    {
        using var daemon = new ScriptedDaemon(Says(Subscribed));
        using var client = new ClearanceClient(daemon.Stream);
        client.Subscribe(new SubscribeParams());
        Assert.Throws<EndOfStreamException>(client.Listen);
    }

    [Fact]
    public void An_error_about_the_connection_is_thrown()
    {
        using var daemon = new ScriptedDaemon(Says(Subscribed, """{"jsonrpc":"2.0","id":null,"error":{"code":-32003,"message":"Too many.","data":{"code":"busy"}}}"""));
        using var client = new ClearanceClient(daemon.Stream);
        client.Subscribe(new SubscribeParams());
        Assert.Equal(RpcErrorCode.Busy, Assert.Throws<RpcException>(client.Listen).Code);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"clearance.event","params":{"seq":5,"epoch":"e","time":"t","type":"operators"}}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"clearance.event","params":{"seq":"5","epoch":"e","time":"t","type":"x","data":{}}}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"clearance.event","params":{"seq":5,"epoch":"\ud800","time":"t","type":"x","data":{}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"result":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"result":{}}""")]
    [InlineData("hello")]
    public void B29_what_is_no_event_is_never_taken_for_one(string line)
    {
        using var daemon = new ScriptedDaemon(Says(Subscribed, line));
        using var client = new ClearanceClient(daemon.Stream);
        var seen = Follow(client);
        client.Subscribe(new SubscribeParams());
        Assert.Throws<InvalidDataException>(client.Listen);
        Assert.Empty(seen);
    }

    [Fact]
    public async Task Given_up_it_loses_nothing()
    {
        using var cancel = new CancellationTokenSource();
        using var daemon = new ScriptedDaemon(Says(Subscribed), Says(Event(5), Pong));
        await using var client = new ClearanceClient(daemon.Stream);
        var seen = Follow(client);
        await client.CallAsync(ClearanceMethods.Subscribe, new SubscribeParams(), TestContext.Current.CancellationToken);
        var listening = client.ListenAsync(cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listening);
        Assert.Equal(42, client.Ping().Pid);
        Assert.Equal([5], seen);
    }

    private static string Event(long seq) =>
        """{"jsonrpc":"2.0","method":"clearance.event","params":{"seq":0,"epoch":"e","time":"2026-11-20T22:53:20.123Z","type":"operators","data":{"present":1}}}"""
            .Replace("\"seq\":0", $"\"seq\":{seq}", StringComparison.Ordinal);

    private static List<long> Follow(ClearanceClient client)
    {
        var seen = new List<long>();
        client.Happened = happened => seen.Add(happened.Seq);
        return seen;
    }
}
