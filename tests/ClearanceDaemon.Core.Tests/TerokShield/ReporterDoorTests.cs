using ClearanceDaemon.Conformance;
using ClearanceDaemon.Core.Metrics;
using ClearanceDaemon.Core.TerokShield;
using ClearanceDaemon.Core.Tests.Server;
using UnixPeers;

namespace ClearanceDaemon.Core.Tests.TerokShield;

/// <summary>Reports over a real socket: who may send them, how many, and that none is lost.</summary>
public sealed class ReporterDoorTests
{
    private const int Nobody = 65534;
    private const UnixFileMode Passable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private const UnixFileMode Writable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    [Fact]
    public void Short_lived_emitters_several_at_once_are_all_heard()
    {
        const int emitters = 3, times = 40;
        using var world = new ShieldWorld();
        Assert.Null(world.Open());
        var running = Enumerable.Range(0, emitters).Select(_ => Emitters.Start(world.SocketPath, Lines.Pending, times)).ToArray();
        Array.ForEach(running, Emitters.End);
        world.WaitFor("pending", emitters * times);
        Assert.Equal(emitters * times, world.Count("lines"));
        Assert.All(world.Asks.Asks, static ask => Assert.Equal("net.connect example.com:443", ask.ToString()));
        Assert.All(world.Asks.Reporters, static peer => Assert.Equal((OwnUser.Uid, true), (peer.Uid, peer.Pid > 1)));
        Assert.Equal(emitters, world.Asks.Reporters.Select(static peer => peer.Pid).Distinct().Count());
        Eventually.True(() => world.Counters.Read(Counter.ConnectionsOpen) == 0, "every connection is closed");
        Assert.Equal(0, world.OnReactor(() => world.Door.Connections));
    }

    [Fact]
    public void A_notice_reaches_record_and_events()
    {
        using var world = new ShieldWorld();
        Assert.Null(world.Open());
        Emitters.End(Emitters.Start(world.SocketPath, Lines.Notice("shield_down")));
        Eventually.True(() => world.OnReactor(() => world.Hub.Last) == 1, "one event");
        Assert.Contains("\"type\":\"shield\",\"data\":{\"handler\":\"terok-shield\",\"kind\":\"shield_down\",\"container\":\"c1\"}", world.Event(1), StringComparison.Ordinal);
        Assert.Contains(world.Fixture.AllText().Split('\n'), static line => line.Contains("\"kind\":\"shield\"", StringComparison.Ordinal));
    }

    [Fact]
    public void A_bad_line_costs_no_connection_and_nothing_is_written_back()
    {
        using var world = new ShieldWorld();
        Assert.Null(world.Open());
        using var client = world.Connect();
        client.Send("\n{\n[]\n{\"type\":\"shield_paused\"}\n" + Lines.Notice("shield_up") + "\r\n" + Lines.Pending + "\n");
        world.WaitFor("pending", 1);
        Assert.Equal((6, 1, 1, 1, 1, 1), (world.Count("lines"), world.Count("blank"), world.Count("malformed"), world.Count("notAnObject"), world.Count("notices"), world.Count("unknown:shield_paused")));
        Assert.Equal(1, world.OnReactor(() => world.Door.Connections));
        client.EndInput();
        Assert.True(client.IsClosedByServer());
    }

    [Fact]
    public void A_line_at_the_limit_is_heard_and_one_over_ends_the_connection()
    {
        using var world = new ShieldWorld();
        Assert.Null(world.Open());
        var line = Lines.Notice("shield_up", "c1", ",\"x\":\"\"");
        var longest = line.Insert(line.Length - 2, new string('x', ShieldLimits.LineBytes - line.Length));
        world.Emit(longest);
        world.WaitFor("notices", 1);
        using var client = world.Connect();
        client.Send(longest.Insert(longest.Length - 2, "x") + "\n");
        Assert.True(client.IsClosedByServer());
        Assert.Equal((1, 1), (world.Count("tooLong"), world.Count("notices")));
    }

    [Fact]
    public void All_lines_of_one_that_wrote_many_and_left_are_heard_in_their_order()
    {
        using var world = new ShieldWorld();
        Assert.Null(world.Open());
        var lines = Enumerable.Range(0, 1000).Select(static i => Lines.Notice("shield_up", $"c{i}")).ToArray();
        world.Emit(lines);
        world.WaitFor("notices", lines.Length);
        Assert.Equal(Enumerable.Range(0, 1000).Select(static i => $"seen terok-shield c{i}"), world.Asks.All);
        Eventually.True(() => world.OnReactor(() => world.Door.Connections) == 0, "the connection is closed");
    }

    [Fact]
    public void A_flood_is_bounded_in_what_is_kept_counted_by_name_and_logged()
    {
        const int lines = 10_000;
        using var world = new ShieldWorld();
        Assert.Null(world.Open());
        world.Emit([.. Enumerable.Range(0, lines).Select(static i => Lines.Notice("shield_down", $"c{i}"))]);
        world.Emit([.. Enumerable.Range(0, lines).Select(static i => Lines.Notice($"kind{i}"))]);
        world.Emit([.. Enumerable.Repeat("nonsense", lines)]);
        world.WaitFor("malformed", lines);
        world.WaitFor("unknown:other", lines - ShieldLimits.UnknownKinds);
        world.WaitFor("notices", lines);
        Eventually.True(() => world.OnReactor(() => world.Hub.Last) == lines, "every notice is told");
        Assert.True(world.OnReactor(() => world.Hub.First) > 1, "old events make room");
        Assert.Equal(3 * lines, world.Count("lines"));
        Assert.InRange(world.OnReactor(() => world.Intake.Counts.ReadAll()).Count, 1, ShieldLimits.UnknownKinds + 10);
        Assert.InRange(world.Log.Lines.Count, 1, ShieldLimits.UnknownKinds + 10);
    }

    [Fact]
    public void Another_user_is_closed_without_a_word_counted_and_audited()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can connect as another user");
        using var world = new ShieldWorld();
        Assert.Null(world.Open());
        File.SetUnixFileMode(world.Root, Passable);
        File.SetUnixFileMode(world.SocketPath, Writable);
        Assert.Equal("b''", Emitters.SendAs(Nobody, world.SocketPath, Lines.Pending));
        Eventually.True(() => world.Counters.Read(Counter.RefusedPeers) == 1, "it is counted");
        Eventually.True(() => world.Fixture.AllText().Contains("\"kind\":\"refused\"", StringComparison.Ordinal), "it is audited");
        var record = Assert.Single(world.Fixture.AllText().Trim().Split('\n').Select(TestDaemon.Parse), static record => record.GetProperty("kind").GetString() == "refused");
        Assert.Equal(("terok-shield", Nobody, "another user"), (record.GetProperty("via").GetString(), record.GetProperty("uid").GetInt32(), record.GetProperty("reason").GetString()));
        Assert.Equal(0, world.Count("lines"));
        Assert.Empty(world.Asks.All);
        Assert.Equal(0, world.Counters.Read(Counter.ConnectionsOpen));
    }

    [Fact]
    public void A_process_has_as_many_connections_as_its_limit_and_gets_places_back()
    {
        using var world = new ShieldWorld();
        Assert.Null(world.Open());
        var clients = Enumerable.Range(0, ShieldLimits.ConnectionsPerProcess).Select(_ => world.Connect()).ToList();
        Eventually.True(() => world.OnReactor(() => world.Door.Connections) == ShieldLimits.ConnectionsPerProcess, "all are in");
        using (var over = world.Connect())
        {
            Assert.True(over.IsClosedByServer());
        }

        Assert.Equal((1, 1), (world.Count("busy"), world.Counters.Read(Counter.RefusedBusy)));
        Emitters.End(Emitters.Start(world.SocketPath, Lines.Pending));
        world.WaitFor("pending", 1);
        clients.ForEach(static client => client.Dispose());
        Eventually.True(() => world.OnReactor(() => world.Door.Connections) == 0, "all are out");
        world.Emit(Lines.Pending);
        world.WaitFor("pending", 2);
    }

    [Fact]
    public void All_together_have_as_many_connections_as_their_limit()
    {
        using var world = new ShieldWorld();
        Assert.Null(world.Open());
        var holders = Enumerable.Range(0, ShieldLimits.Connections / ShieldLimits.ConnectionsPerProcess)
            .Select(_ => Emitters.Hold(world.SocketPath, ShieldLimits.ConnectionsPerProcess)).ToList();
        Eventually.True(() => world.OnReactor(() => world.Door.Connections) == ShieldLimits.Connections, "all are in");
        Assert.Equal(0, world.Count("busy"));
        using (var over = world.Connect())
        {
            Assert.True(over.IsClosedByServer());
        }

        Assert.Equal(1, world.Count("busy"));
        holders.ForEach(static holder => holder.StandardInput.Close());
        holders.ForEach(Emitters.End);
        Eventually.True(() => world.OnReactor(() => world.Door.Connections) == 0, "all are out");
        world.Emit(Lines.Pending);
        world.WaitFor("pending", 1);
    }

    [Fact]
    public void An_unfinished_line_of_one_that_left_is_no_line()
    {
        using var world = new ShieldWorld();
        Assert.Null(world.Open());
        using (var client = world.Connect())
        {
            client.Send(Lines.Pending + "\n" + Lines.Pending);
        }

        Eventually.True(() => world.Count("pending") == 1 && world.OnReactor(() => world.Door.Connections) == 0, "one line");
        Assert.Equal(1, world.Count("lines"));
    }
}
