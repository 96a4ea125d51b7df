using System.Diagnostics;
using ClearanceDaemon.Conformance;
using ClearanceDaemon.Core.Tests.Server;
using UnixPeers;

namespace ClearanceDaemon.Core.Tests.External;

/// <summary>The connection to the handlers process: made when needed, verified, closed when idle, and never what a caller waits for in vain.</summary>
public sealed class LinkTests
{
    private const string Hello = """{"methods":{"hello.world":"ask"}}""";
    private static readonly (string, string)[] OneHandler = [("hello", Hello)];

    [Fact]
    public void Nothing_is_connected_before_it_is_needed()
    {
        using var world = new HandlerWorld(OneHandler);
        Assert.Equal("idle", world.Process);
        Assert.Equal(0, world.Fake.Connections);
        world.Fake.Script = Answer;
        world.Call("hello.world");
        Assert.Equal("connected", world.Process);
        Assert.Equal(["handlers.keep", "handlers.run"], world.Fake.Methods.Take(2));
    }

    [Fact]
    public void Without_one_a_call_says_so_and_the_handler_is_not_to_blame_and_the_next_order_tries_again()
    {
        using var world = new HandlerWorld(OneHandler, isUp: false);
        for (var i = 0; i < 6; i++)
        {
            var error = world.Call("hello.world");
            Assert.Equal("handler_failed", Asking.Essence(error));
            Assert.Contains("handlers process cannot be reached", error.GetProperty("message").GetString(), StringComparison.Ordinal);
            Assert.Contains(world.Daemon.HandlersSocket, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal(("unreachable", "ok"), (world.Process, world.State("hello")));
        Assert.Single(world.Daemon.Log.Lines, static line => line.Id == 60);
        world.Start();
        world.Fake.Script = Answer;
        Assert.Equal("yes", world.Call("hello.world").GetString());
        Assert.Equal(("connected", "ok"), (world.Process, world.State("hello")));
    }

    [Fact]
    public void A_daemon_that_was_told_of_none_runs_nothing()
    {
        using var daemon = new TestDaemon();
        daemon.WriteManifest("hello", HandlerWorld.Manifest("hello", Hello));
        daemon.OperatorCall("rules.reload");
        Assert.Contains("not told of a handlers process", daemon.OperatorCall("hello.world").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("none", daemon.OperatorCall("handlers.list").GetProperty("process").GetString());
    }

    [Fact]
    public async Task One_that_hangs_up_fails_what_is_out_and_the_next_order_connects_again()
    {
        using var world = new HandlerWorld(OneHandler);
        var calls = Enumerable.Range(0, 3).Select(_ => world.CallAsync("hello.world")).ToArray();
        for (var i = 0; i < 3; i++)
        {
            world.Fake.Next();
        }

        world.Fake.LastConnection.HangUp();
        Assert.All(await Task.WhenAll(calls), static error => Assert.Contains("the handlers process ended", error.GetProperty("message").GetString(), StringComparison.Ordinal));
        world.Fake.Script = Answer;
        Assert.Equal("yes", world.Call("hello.world").GetString());
        Assert.Equal((2, "ok"), (world.Fake.Connections, world.State("hello")));
    }

    [Fact]
    public async Task One_that_says_no_more_but_goes_on_reading_counts_as_gone()
    {
        using var world = new HandlerWorld(OneHandler);
        var call = world.CallAsync("hello.world");
        world.Fake.Next().Connection.EndOutput();
        Assert.Equal("handler_failed", Asking.Essence(await call));
        world.Fake.Script = Answer;
        Assert.Equal("yes", world.Call("hello.world").GetString());
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"jsonrpc":"2.0","id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"id":2,"result":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"result":{"reason":"\ud800"}}}""")]
    public async Task B34_B35_a_line_that_is_no_answer_ends_the_connection_and_is_told(string line)
    {
        using var world = new HandlerWorld(OneHandler);
        var call = world.CallAsync("hello.world");
        world.Fake.Next().Raw(line);
        Assert.Contains("no answer", (await call).GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("unreachable", world.Process);
        world.Fake.Script = Answer;
        Assert.Equal("yes", world.Call("hello.world").GetString());
    }

    [Fact]
    public async Task B31_a_line_without_an_end_is_cut_off_at_the_cap()
    {
        using var world = new HandlerWorld(OneHandler);
        var call = world.CallAsync("hello.world");
        world.Fake.Next().Raw(new string('x', Core.External.Orders.OrderMethods.LineBytes + 1));
        Assert.Contains("too long", (await call).GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":"1","result":{"result":{}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":4711,"result":{"result":{}}}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"news","params":{}}""")]
    public async Task What_answers_no_order_is_passed_over(string line)
    {
        using var world = new HandlerWorld(OneHandler);
        var call = world.CallAsync("hello.world");
        var order = world.Fake.Next();
        order.Raw(line);
        order.Call("1");
        order.Call("2");
        Assert.Equal(1, (await call).GetInt32());
        world.Fake.Script = Answer;
        Assert.Equal("yes", world.Call("hello.world").GetString());
        Assert.Equal(1, world.Fake.Connections);
    }

    [Fact]
    public async Task An_order_that_is_refused_fails_and_the_handler_is_not_to_blame()
    {
        using var world = new HandlerWorld(OneHandler);
        var call = world.CallAsync("hello.world");
        world.Fake.Next().Refuse("no such handler here");
        Assert.Contains("refused the order: no such handler here", (await call).GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("ok", world.State("hello"));
    }

    [Fact]
    public async Task What_is_not_answered_within_the_deadline_and_some_grace_is_given_up_and_a_late_answer_is_nobodys()
    {
        using var world = new HandlerWorld(OneHandler, patience: new() { Grace = TimeSpan.FromMilliseconds(20), Idle = TimeSpan.FromMilliseconds(1) }, more: ",\"deadline\":\"50ms\"");
        var error = await world.CallAsync("hello.world");
        Assert.Contains("did not answer in time", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        world.Fake.Next().Call("1");
        Assert.Equal("ok", world.State("hello"));

        // Nothing is out any more, so it is idle too.
        Eventually.True(() => world.Process == "idle", "the connection is closed");
    }

    [Fact]
    public void Without_orders_the_connection_is_closed_and_the_next_order_opens_another()
    {
        using var world = new HandlerWorld(OneHandler, patience: new() { Idle = TimeSpan.FromMilliseconds(1) });
        world.Fake.Script = Answer;
        for (var i = 1; i <= 3; i++)
        {
            Assert.Equal("yes", world.Call("hello.world").GetString());
            Eventually.True(() => world.Process == "idle", "it is closed");
            Assert.Equal(i, world.Fake.Connections);
        }
    }

    [Fact]
    public async Task A_connection_with_an_order_out_is_not_idle()
    {
        using var world = new HandlerWorld(OneHandler, patience: new() { Idle = TimeSpan.FromMilliseconds(1) });
        var call = world.CallAsync("hello.world");
        var order = world.Fake.Next();
        var other = world.CallAsync("hello.world");
        world.Fake.Next().Call("2");
        await other;
        order.Call("1");
        Assert.Equal(1, (await call).GetInt32());
    }

    [Fact]
    public void B29_a_handlers_process_of_another_user_gets_no_byte()
    {
        Assert.SkipUnless(OwnUser.Uid == 0, "needs root, to be another user");
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "no python3 here");
        var directory = Directory.CreateTempSubdirectory("stranger-").FullName;
        File.SetUnixFileMode(directory, (UnixFileMode)0b111_111_111);
        var socket = Path.Combine(directory, "s");
        const string script = "import socket,sys;s=socket.socket(socket.AF_UNIX);s.bind(sys.argv[1]);s.listen();print('up',flush=True);c=s.accept()[0];print(repr(c.recv(9)))";
        var start = new ProcessStartInfo("setpriv", ["--reuid", "65534", "--regid", "65534", "--clear-groups", "/usr/bin/python3", "-c", script, socket]) { RedirectStandardOutput = true };
        using var stranger = Process.Start(start)!;
        try
        {
            Assert.Equal("up", stranger.StandardOutput.ReadLine());
            using var world = new HandlerWorld(OneHandler, isUp: false, socket: socket);
            var error = world.Call("hello.world");
            Assert.Equal("handler_failed", Asking.Essence(error));
            Assert.Contains("65534", error.GetProperty("message").GetString(), StringComparison.Ordinal);
            Assert.Equal("b''", stranger.StandardOutput.ReadLine());
            Assert.Equal(("unreachable", "ok"), (world.Process, world.State("hello")));
        }
        finally
        {
            stranger.Kill();
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task A_daemon_that_stops_answers_what_is_out_and_leaves_nothing_behind()
    {
        using var world = new HandlerWorld(OneHandler, options: static o => o with { DrainTime = TimeSpan.FromMilliseconds(50) });
        var call = world.CallAsync("hello.world");
        world.Fake.Next();
        await world.Daemon.StopAsync();
        Assert.Equal("unavailable", Asking.Essence(await call));
    }

    private static bool Answer(FakeOrder order)
    {
        order.Call("\"yes\"");
        return true;
    }
}
