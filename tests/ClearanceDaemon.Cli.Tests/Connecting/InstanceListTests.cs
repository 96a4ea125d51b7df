using System.Net.Sockets;
using ClearanceDaemon.Cli.Connecting;

namespace ClearanceDaemon.Cli.Tests.Connecting;

/// <summary>Instances are found by their listening sockets, and looking connects to none.</summary>
[Collection("XDG_RUNTIME_DIR")]
public sealed class InstanceListTests : IDisposable
{
    private readonly RuntimeDirectoryVariable _runtime = new();
    private readonly List<Socket> _listeners = [];
    private readonly List<Socket> _dead = [];

    public void Dispose()
    {
        _listeners.ForEach(static listener => listener.Dispose());
        _dead.ForEach(static socket => socket.Dispose());
        _runtime.Dispose();
    }

    [Fact]
    public void OnlyListeningOnesAreListed()
    {
        Listen("clearance", "ask");
        Listen("clearance", "operator");
        Listen("clearance-work", "operator");
        Listen("clearance-work", "ask.d/claude");
        Dead("clearance-dead", "ask");
        Directory.CreateDirectory(Path.Combine(_runtime.Path, "clearance-empty/ask"));
        Directory.CreateDirectory(Path.Combine(_runtime.Path, "other"));
        Listen("Clearance", "ask");
        Listen("clearance-UPPER", "ask");

        var found = InstanceList.Find();
        Assert.Equal(["", "work"], found.Select(static instance => instance.Name));
        Assert.Equal(["ask/clearance.sock", "operator/clearance.sock"], Relative(found[0], "clearance"));
        Assert.Equal(["ask.d/claude/clearance.sock", "operator/clearance.sock"], Relative(found[1], "clearance-work"));
        Assert.All(_listeners, static listener => Assert.False(listener.Poll(0, SelectMode.SelectRead), "the look connected"));
    }

    [Fact]
    public void TheVerbPrintsThem()
    {
        Listen("clearance", "ask");
        Listen("clearance-work", "ask");
        Assert.Equal(
            $"(default)  waiting  {_runtime.Path}/clearance/ask/clearance.sock\nwork       waiting  {_runtime.Path}/clearance-work/ask/clearance.sock\n",
            new InProcess().Run("instances").Out);
        var json = new InProcess().Run("instances", "--json").Json().GetProperty("instances");
        Assert.Equal(["", "work"], json.EnumerateArray().Select(static instance => instance.GetProperty("instance").GetString()));
        Assert.Equal($"{_runtime.Path}/clearance-work/ask/clearance.sock", json[1].GetProperty("sockets")[0].GetString());
        Assert.Equal("waiting", json[1].GetProperty("state").GetString());
    }

    [Fact]
    public void AHeldLockMeansRunning()
    {
        Listen("clearance", "ask");
        using var held = UnixPeers.InstanceLock.Acquire(Path.Combine(_runtime.Path, "clearance/lock"), "test");
        Assert.Equal(Instance.Running, Assert.Single(InstanceList.Find()).State);
    }

    [Fact]
    public void NoneIsNoError()
    {
        Assert.Equal(new Outcome(0, "", ""), new InProcess().Run("instances"));
        Assert.Equal("""{"instances":[]}""" + "\n", new InProcess().Run("instances", "--json").Out);
    }

    [Fact]
    public void ARuntimeDirectoryOthersCanEnterIsRefused()
    {
        File.SetUnixFileMode(_runtime.Path, (UnixFileMode)0b111_101_101);
        new InProcess().Run("instances").AssertFailed(127, _runtime.Path);
    }

    private IEnumerable<string> Relative(Instance instance, string directory) =>
        instance.Sockets.Select(path => Path.GetRelativePath(Path.Combine(_runtime.Path, directory), path));

    private void Listen(string instance, string socket) => _listeners.Add(Bind(instance, socket, listen: true));

    private void Dead(string instance, string socket)
    {
        // Bound, never listening: what a daemon that was killed leaves.
        _dead.Add(Bind(instance, socket, listen: false));
    }

    private Socket Bind(string instance, string socket, bool listen)
    {
        var directory = Path.Combine(_runtime.Path, instance, socket);
        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(directory, Private);
        var bound = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        bound.Bind(new UnixDomainSocketEndPoint(Path.Combine(directory, "clearance.sock")));
        if (listen)
        {
            bound.Listen(4);
        }

        return bound;
    }
}
