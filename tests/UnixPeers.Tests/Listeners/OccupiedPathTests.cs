using UnixPeers.Tests.Native;
using UnixPeers.Tests.Peers;
using static UnixPeers.Tests.Listeners.TempDirectory;

namespace UnixPeers.Tests.Listeners;

/// <summary>Step 4: what stands at the path already.</summary>
public sealed class OccupiedPathTests
{
    private const string Serve = """
        import select
        s = socket.socket(socket.AF_UNIX, getattr(socket, sys.argv[2]))
        if sys.argv[1] == 'relative':
            os.chdir(os.path.dirname(sys.argv[3]))
            s.bind(os.path.basename(sys.argv[3]))
        else:
            s.bind(sys.argv[3])
        os.chmod(sys.argv[3], 0o600)
        s.listen(5)
        say('listening')
        hear()
        say('connected' if select.select([s], [], [], 0)[0] else 'untouched')
        """;

    [Fact]
    public void B05_a_second_listener_is_refused_and_the_first_still_answers()
    {
        using var directory = new TempDirectory();
        using var first = directory.Bind();
        var error = Fails(UnixSocketFault.InUse, () => directory.Bind());
        Assert.StartsWith($"ask socket {directory.Socket}: already running", error.Message, StringComparison.Ordinal);
        using var client = UnixPeerClient.Connect(first.Address, TestLibC.geteuid());
        Assert.Equal(Environment.ProcessId, client.ServerPid);
    }

    [Theory]
    [InlineData("SOCK_STREAM")]
    [InlineData("SOCK_SEQPACKET")]
    public void B05_a_listener_that_never_took_our_lock_is_neither_replaced_nor_activated(string type)
    {
        using var directory = new TempDirectory();
        using var other = Child.Python(Serve, "absolute", type, directory.Socket);
        Assert.Equal("listening", other.Hear());
        Fails(UnixSocketFault.InUse, () => directory.Bind());
        other.Say("look");
        Assert.Equal("untouched", other.Hear());
    }

    [Fact]
    public void B05_a_listener_listed_under_another_name_is_found_by_connecting()
    {
        using var directory = new TempDirectory();
        using var other = Child.Python(Serve, "relative", "SOCK_STREAM", directory.Socket);
        Assert.Equal("listening", other.Hear());
        Fails(UnixSocketFault.InUse, () => directory.Bind());
        Assert.True(File.Exists(directory.Socket));
    }

    [Fact]
    public void B08_a_dead_socket_is_replaced()
    {
        using var directory = new TempDirectory();
        LeaveDeadSocket(directory.Socket);
        using var listener = directory.Bind();
        Assert.True(UnixListeners.HasLiveListener(listener.Address));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void B08_a_link_of_ours_is_replaced_and_its_target_untouched(bool dangling)
    {
        using var directory = new TempDirectory();
        var target = directory.Below("target");
        if (!dangling)
        {
            File.WriteAllText(target, "kept");
        }

        File.CreateSymbolicLink(directory.Socket, target);
        using var listener = directory.Bind();
        Assert.Null(new FileInfo(directory.Socket).LinkTarget);
        Assert.Equal(dangling ? null : "kept", File.Exists(target) ? File.ReadAllText(target) : null);
    }

    [Fact]
    public void B08_a_link_to_a_live_socket_is_replaced_and_the_live_one_stays()
    {
        using var directory = new TempDirectory();
        directory.Folder("other");
        using var live = UnixListener.Bind(UnixAddress.FromPath(directory.Below("other/socket")), Options);
        File.CreateSymbolicLink(directory.Socket, directory.Below("other/socket"));
        using var listener = directory.Bind();
        using var client = UnixPeerClient.Connect(live.Address, TestLibC.geteuid());
        Assert.Null(new FileInfo(directory.Socket).LinkTarget);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("directory")]
    [InlineData("fifo")]
    public void B08_anything_else_is_refused_and_left_as_it_is(string kind)
    {
        using var directory = new TempDirectory();
        switch (kind)
        {
            case "file":
                File.WriteAllBytes(directory.Socket, [1, 2, 3]);
                break;
            case "directory":
                Directory.CreateDirectory(directory.Socket + "/inner");
                break;
            default:
                Assert.Equal(0, TestLibC.mkfifo(directory.Socket, Octal("0644")));
                break;
        }

        var before = FileStatus.Of(directory.Socket);
        var error = Fails(UnixSocketFault.Refused, () => directory.Bind());
        Assert.Contains("is in the way", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, FileStatus.Of(directory.Socket));
        Assert.True(kind != "file" || File.ReadAllBytes(directory.Socket) is [1, 2, 3]);
        Assert.True(kind != "directory" || Directory.Exists(directory.Socket + "/inner"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Dead_sockets_and_links_of_other_users_are_refused(bool link)
    {
        NeedRoot();
        using var directory = new TempDirectory();
        if (link)
        {
            File.CreateSymbolicLink(directory.Socket, "nowhere");
        }
        else
        {
            LeaveDeadSocket(directory.Socket);
        }

        Chown(directory.Socket, Starter.OrdinaryUid);
        Assert.Contains("of uid 4242", Fails(UnixSocketFault.Refused, () => directory.Bind()).Message, StringComparison.Ordinal);
        Assert.NotNull(FileStatus.Of(directory.Socket));
    }
}
