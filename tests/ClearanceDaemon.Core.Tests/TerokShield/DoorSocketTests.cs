using System.Net.Sockets;
using System.Text.RegularExpressions;
using ClearanceDaemon.Conformance;
using ClearanceDaemon.Core.Tests.Server;
using UnixPeers;

namespace ClearanceDaemon.Core.Tests.TerokShield;

/// <summary>The socket of the door: made by the ritual, taken from nobody, gone when it is closed.</summary>
public sealed class DoorSocketTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public void It_opens_and_closes_again_and_again()
    {
        using var world = new ShieldWorld();
        Assert.False(File.Exists(world.SocketPath));
        for (var i = 1; i <= 3; i++)
        {
            Assert.Null(world.Open());
            Assert.Equal((true, world.SocketPath, null), world.OnReactor(() => (world.Door.IsOn, world.Door.Address, world.Door.Problem)));
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(world.SocketPath));
            Assert.Null(world.Open());
            world.Emit(Lines.Pending);
            world.WaitFor("pending", i);
            world.Close();
            Assert.Equal((false, null, null), world.OnReactor(() => (world.Door.IsOn, world.Door.Address, world.Door.Problem)));
            Assert.False(File.Exists(world.SocketPath));
        }
    }

    /// <summary>Needs a process of its own, whose umask nobody else lives under.</summary>
    [Fact]
    public void B77_under_umask_0_it_is_0600_all_the_same()
    {
        const string script = "umask 0; MARK=\"$2\" exec \"$0\" -explicit only -noLogo -noColor -method \"$1\" >/dev/null";
        var mark = Path.GetTempFileName();
        try
        {
            Assert.Equal(0, Children.Run("/bin/sh", "-c", script, Environment.ProcessPath!, $"{typeof(DoorSocketTests).FullName}.{nameof(Is_0600)}", mark));
            Assert.Equal("0600", File.ReadAllText(mark));
        }
        finally
        {
            File.Delete(mark);
        }
    }

    [Fact(Explicit = true)]
    public void Is_0600()
    {
        using var world = new ShieldWorld();
        File.WriteAllText(Path.Combine(world.Root, "other"), "");
        Assert.Equal((UnixFileMode)0b110_110_110, File.GetUnixFileMode(Path.Combine(world.Root, "other")));
        Assert.Null(world.Open());
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(world.SocketPath));
        world.Emit(Lines.Pending);
        world.WaitFor("pending", 1);
        File.WriteAllText(Environment.GetEnvironmentVariable("MARK")!, "0600");
    }

    [Fact]
    public void Closing_ends_the_connections()
    {
        using var world = new ShieldWorld();
        Assert.Null(world.Open());
        using var client = world.Connect();
        Eventually.True(() => world.OnReactor(() => world.Door.Connections) == 1, "it is in");
        world.Close();
        Assert.True(client.IsClosedByServer());
        Assert.Equal(0, world.OnReactor(() => world.Door.Connections));
    }

    [Fact]
    public void The_end_of_the_daemon_removes_the_file_also_of_a_door_that_is_just_opening()
    {
        var world = new ShieldWorld();
        _ = world.OnReactor(world.Door.OpenAsync);
        var path = world.SocketPath;
        world.Dispose();
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task One_that_is_closed_while_it_opens_stays_closed()
    {
        using var world = new ShieldWorld();
        var opening = world.OnReactor(() =>
        {
            var task = world.Door.OpenAsync();
            world.Door.Close();
            return task;
        });
        await opening.WaitAsync(Eventually.Limit, TestContext.Current.CancellationToken);
        Assert.Equal((false, null), world.OnReactor(() => (world.Door.IsOn, world.Door.Address)));
        Assert.False(File.Exists(world.SocketPath));
    }

    [Fact]
    public async Task One_that_is_opened_twice_at_once_opens_once()
    {
        using var world = new ShieldWorld();
        var (one, other) = world.OnReactor(() => (world.Door.OpenAsync(), world.Door.OpenAsync()));
        Assert.All(await Task.WhenAll(one, other).WaitAsync(Eventually.Limit, TestContext.Current.CancellationToken), Assert.Null);
        world.Emit(Lines.Pending);
        world.WaitFor("pending", 1);
    }

    [Fact]
    public void B05_a_live_hub_keeps_its_address_and_the_door_says_so()
    {
        using var world = new ShieldWorld();
        using var hub = Listen(world.SocketPath);
        var file = FileIdentity.Of(world.SocketPath);
        var problem = world.Open();
        Assert.Matches(new Regex($"^terok-shield event socket {world.SocketPath}: already running.*Then run: clearance handlers enable terok-shield$", RegexOptions.CultureInvariant), problem);
        Assert.Equal((true, null, problem), world.OnReactor(() => (world.Door.IsOn, world.Door.Address, world.Door.Problem)));
        Assert.Equal(file, FileIdentity.Of(world.SocketPath));
        using var client = world.Connect();
        using var accepted = hub.Accept();
        Assert.True(world.Log.Has(71));

        // It is not removed either, and its place can be taken once it has stopped.
        world.Close();
        Assert.Equal(file, FileIdentity.Of(world.SocketPath));
        hub.Dispose();
        Assert.Null(world.Open());
        world.Emit(Lines.Pending);
        world.WaitFor("pending", 1);
    }

    [Fact]
    public void What_a_dead_hub_left_is_replaced()
    {
        using var world = new ShieldWorld();
        var script = "import socket, sys; s = socket.socket(socket.AF_UNIX); s.bind(sys.argv[1]); s.listen()";
        Assert.Equal(0, Children.Run("/usr/bin/python3", "-c", script, world.SocketPath));
        var left = FileIdentity.Of(world.SocketPath);
        Assert.NotNull(left);
        Assert.Null(world.Open());
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(world.SocketPath));
        world.Emit(Lines.Pending);
        world.WaitFor("pending", 1);
    }

    [Fact]
    public void A_file_in_the_way_is_left_as_it_is()
    {
        using var world = new ShieldWorld();
        File.WriteAllText(world.SocketPath, "precious");
        Assert.Contains("is in the way", world.Open(), StringComparison.Ordinal);
        world.Close();
        Assert.Equal("precious", File.ReadAllText(world.SocketPath));
    }

    [Fact]
    public void A_directory_that_others_can_write_is_refused()
    {
        using var world = new ShieldWorld();
        File.SetUnixFileMode(world.Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute);
        Assert.Contains(world.Root, world.Open(), StringComparison.Ordinal);
        Assert.False(File.Exists(world.SocketPath));
    }

    [Fact]
    public void One_whose_file_another_program_replaced_says_so_and_leaves_the_other_its_file()
    {
        using var world = new ShieldWorld();
        Assert.Null(world.Open());
        File.Delete(world.SocketPath);
        Assert.Contains("removed or replaced", world.OnReactor(() => world.Door.Problem), StringComparison.Ordinal);
        using var thief = Listen(world.SocketPath);
        Assert.Contains("removed or replaced", world.Open(), StringComparison.Ordinal);
        world.Close();
        Assert.True(File.Exists(world.SocketPath));
        Assert.Contains("already running", world.Open(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_inherited_listener_turns_callers_away_until_it_is_opened_and_keeps_its_file()
    {
        var root = Directory.CreateTempSubdirectory("shield-").FullName;
        using var manager = Listen(ShieldWorld.PathIn(root));
        using var world = new ShieldWorld(root);
        File.SetUnixFileMode(world.SocketPath, OwnerOnly);
        world.OnReactor(() =>
        {
            world.Door.Adopt(UnixListener.Adopt(manager.SafeHandle, new() { Label = "terok-shield event socket" }));
            return true;
        });
        Assert.True(IsTurnedAway(world));
        Assert.Null(world.Open());
        Assert.Equal(world.SocketPath, world.OnReactor(() => world.Door.Address));
        world.Emit(Lines.Pending);
        world.WaitFor("pending", 1);
        world.Close();
        Assert.True(IsTurnedAway(world));
        Assert.Null(world.Open());
        world.Emit(Lines.Pending);
        world.WaitFor("pending", 2);
        world.Close();
        Assert.True(File.Exists(world.SocketPath));
        Assert.Equal(2, world.Count("lines"));
    }

    private static bool IsTurnedAway(ShieldWorld world)
    {
        using var client = world.Connect();
        return client.IsClosedByServer();
    }

    private static Socket Listen(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen(16);
        return socket;
    }
}
