using System.Net.Sockets;
using UnixPeers.Tests.Native;
using UnixPeers.Tests.Peers;
using static UnixPeers.Tests.Listeners.TempDirectory;

namespace UnixPeers.Tests.Listeners;

/// <summary>From listen to Dispose: whose connections arrive, and whose file goes.</summary>
public sealed class ListenerLifeTests
{
    [Fact]
    public void The_probes_own_connection_never_reaches_the_server()
    {
        using var directory = new TempDirectory();
        using var listener = directory.Bind();
        using var server = new Socket(listener.Handle);
        Assert.False(server.Poll(0, SelectMode.SelectRead));
        using var client = UnixPeerClient.Connect(listener.Address, TestLibC.geteuid());
        Assert.True(server.Poll(TimeSpan.FromSeconds(30), SelectMode.SelectRead));
    }

    [Fact]
    public void Clients_that_keep_trying_while_it_starts_are_all_served()
    {
        using var directory = new TempDirectory();
        const int Rounds = 100;
        using var child = Child.Python("""
            for i in range(int(sys.argv[2])):
                hear()
                while True:
                    try:
                        s = connect(sys.argv[1])
                        break
                    except OSError:
                        pass
                s.sendall(b'x')
                say(s.recv(1).decode() or 'lost')
            """, directory.Socket, Rounds.ToString(System.Globalization.CultureInfo.InvariantCulture));
        for (var round = 0; round < Rounds; round++)
        {
            child.Say("try");
            using var listener = directory.Bind();
            using var server = new Socket(listener.Handle);
            while (!ServeOne(server))
            {
                // A probe that a client overtook arrives as a connection without a byte.
            }

            Assert.Equal("x", child.Hear());
        }
    }

    [Fact]
    public void B07_dispose_removes_its_own_file_and_never_a_successors()
    {
        using var directory = new TempDirectory();
        directory.Bind().Dispose();
        Assert.Null(FileStatus.Of(directory.Socket));

        var old = directory.Bind();
        File.Delete(directory.Socket);
        using (var child = Child.Run(["/usr/bin/socat", $"UNIX-LISTEN:{directory.Socket}", "-"]))
        {
            Eventually.True(() => FileStatus.Of(directory.Socket) is not null, "socat does not listen");
            var successor = FileStatus.Of(directory.Socket);
            old.Dispose();
            Assert.Equal(successor, FileStatus.Of(directory.Socket));
        }
    }

    [Fact]
    public void B07_a_BCL_socket_on_the_handle_does_not_unlink_either()
    {
        using var directory = new TempDirectory();
        var listener = directory.Bind();
        new Socket(listener.Handle).Dispose();
        Assert.NotNull(FileStatus.Of(directory.Socket));
        listener.Dispose();
        listener.Dispose();
        Assert.Null(FileStatus.Of(directory.Socket));
    }

    [Fact]
    public void A_failed_start_leaves_nothing_behind()
    {
        using var directory = new TempDirectory();
        var options = new UnixListenerOptions
        {
            Label = "ask socket",
            AroundSocketCreation = create =>
            {
                create().Dispose();
                return new SafeSocketHandle(-1, ownsHandle: true);
            },
        };
        Fails(UnixSocketFault.CannotCreate, () => UnixListener.Bind(UnixAddress.FromPath(directory.Socket), options));
        Assert.Empty(Directory.GetFileSystemEntries(directory.Path));
    }

    [Fact]
    public void The_hook_runs_around_creation_on_the_callers_thread()
    {
        using var directory = new TempDirectory();
        var threads = new List<int>();
        var options = new UnixListenerOptions
        {
            Label = "ask socket",
            AroundSocketCreation = create =>
            {
                threads.Add(Environment.CurrentManagedThreadId);
                return create();
            },
        };
        using var listener = UnixListener.Bind(UnixAddress.FromPath(directory.Socket), options);
        Assert.Equal([Environment.CurrentManagedThreadId], threads);
    }

    [Fact]
    public void The_handle_is_close_on_exec_and_blocking()
    {
        using var directory = new TempDirectory();
        using var listener = directory.Bind();
        var descriptor = (int)listener.Handle.DangerousGetHandle();
        Assert.Equal(1, TestLibC.fcntl(descriptor, TestLibC.F_GETFD));
        Assert.Equal(0, TestLibC.fcntl(descriptor, TestLibC.F_GETFL) & TestLibC.O_NONBLOCK);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 0)]
    public void The_backlog_is_the_callers(int backlog, int expectedErrno)
    {
        using var directory = new TempDirectory();
        using var listener = UnixListener.Bind(UnixAddress.FromPath(directory.Socket), new UnixListenerOptions { Label = "ask socket", Backlog = backlog });
        var clients = new List<SafeSocketHandle>();
        for (var i = 0; i <= backlog; i++)
        {
            clients.Add(NativeSocket.Create(nonBlocking: true));
            Assert.Equal(expectedErrno, NativeSocket.Connect(clients[^1], listener.Address));
        }

        using var oneOver = NativeSocket.Create(nonBlocking: true);
        Assert.NotEqual(0, NativeSocket.Connect(oneOver, listener.Address));
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public void A_directory_that_takes_no_files_is_said_to_be_the_reason()
    {
        var error = Fails(UnixSocketFault.Refused, () => UnixListener.Bind(UnixAddress.FromPath("/proc/clearance.sock"), Options));
        Assert.StartsWith("ask socket /proc", error.Message, StringComparison.Ordinal);
    }

    private static bool ServeOne(Socket server)
    {
        Assert.True(server.Poll(TimeSpan.FromSeconds(30), SelectMode.SelectRead), "no client came");
        using var client = server.Accept();
        var bytes = new byte[1];
        return client.Receive(bytes) == 1 && client.Send(bytes) == 1;
    }
}
