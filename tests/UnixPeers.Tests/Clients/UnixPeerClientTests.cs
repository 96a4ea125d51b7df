using System.Globalization;
using System.Net.Sockets;
using UnixPeers.Tests.Listeners;
using UnixPeers.Tests.Native;
using UnixPeers.Tests.Peers;

namespace UnixPeers.Tests.Clients;

/// <summary>Who listens is known before a byte is sent. Every test runs for both kinds of connect.</summary>
public sealed class UnixPeerClientTests
{
    private const uint Nobody = 65534;

    private const string AnswerOnce = """
        s = socket.socket(socket.AF_UNIX)
        s.bind('\0' + sys.argv[1][1:] if sys.argv[1][0] == '@' else sys.argv[1])
        if sys.argv[1][0] != '@':
            os.chmod(sys.argv[1], 0o666)
        s.listen(5)
        say('listening')
        c, _ = s.accept()
        data = c.recv(100)
        say('got %d bytes' % len(data))
        c.sendall(data)
        hear()
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_listener_of_the_expected_uid_is_used(bool sync)
    {
        using var directory = new TempDirectory();
        using var server = Child.Python(AnswerOnce, directory.Socket);
        Assert.Equal("listening", server.Hear());
        using var client = await Connect(sync, UnixAddress.FromPath(directory.Socket), TestLibC.geteuid());
        Assert.Equal((TestLibC.geteuid(), server.Pid), (client.ServerUid, client.ServerPid));
        await client.Stream.WriteAsync("ping\n"u8.ToArray());
        Assert.Equal("got 5 bytes", server.Hear());
        Assert.Equal("ping"u8.ToArray(), (await client.ReadLineAsync())!.Value.ToArray());
    }

    [Fact]
    public void The_bare_socket_of_a_verified_listener_is_the_callers()
    {
        using var directory = new TempDirectory();
        using var server = Child.Python(AnswerOnce, directory.Socket);
        Assert.Equal("listening", server.Hear());
        using var socket = new Socket(UnixPeerClient.ConnectSocket(UnixAddress.FromPath(directory.Socket), TestLibC.geteuid())) { Blocking = true };
        socket.Send("ping\n"u8);
        Assert.Equal("got 5 bytes", server.Hear());
    }

    [Fact]
    public void The_bare_socket_of_a_listener_of_another_uid_is_not_given()
    {
        using var directory = new TempDirectory();
        using var server = Child.Python(AnswerOnce, directory.Socket);
        Assert.Equal("listening", server.Hear());
        var error = Assert.Throws<UnixPeerException>(() => UnixPeerClient.ConnectSocket(UnixAddress.FromPath(directory.Socket), TestLibC.geteuid() + 1));
        Assert.Equal(UnixPeerFault.Untrusted, error.Kind);
    }

    [Theory]
    [InlineData(true, "path")]
    [InlineData(false, "path")]
    [InlineData(true, "abstract")]
    [InlineData(false, "abstract")]
    public async Task B29_a_listener_of_another_uid_is_told_nothing(bool sync, string kind)
    {
        TempDirectory.NeedRoot();
        using var directory = new TempDirectory();
        TempDirectory.Chown(directory.Path, Nobody);
        var address = kind == "path" ? UnixAddress.FromPath(directory.Socket) : AbstractListenerTests.Unique();
        using var server = Child.PythonAsNobody(AnswerOnce, address.ToString());
        Assert.Equal("listening", server.Hear());

        var error = await Assert.ThrowsAsync<UnixPeerException>(() => Connect(sync, address, 0));
        Assert.Equal((UnixPeerFault.Untrusted, 0u, Nobody, server.Pid), (error.Kind, error.ExpectedUid, error.ActualUid, error.Pid));
        Assert.StartsWith($"{address}: expected uid 0 (root), the listener is uid 65534 (nobody), pid {server.Pid}.", error.Message, StringComparison.Ordinal);
        Assert.Equal("got 0 bytes", server.Hear());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Another_uid_is_accepted_where_it_is_expected(bool sync)
    {
        TempDirectory.NeedRoot();
        using var directory = new TempDirectory();
        TempDirectory.Chown(directory.Path, Nobody);
        using var server = Child.PythonAsNobody(AnswerOnce, directory.Socket);
        Assert.Equal("listening", server.Hear());
        using var client = await Connect(sync, UnixAddress.FromPath(directory.Socket), Nobody);
        Assert.Equal(Nobody, client.ServerUid);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task B28_an_activator_made_the_listener_so_only_the_uid_is_compared(bool sync)
    {
        using var directory = new TempDirectory();
        using var activator = Child.Python("""
            s = socket.socket(socket.AF_UNIX)
            s.bind(sys.argv[1])
            s.listen(5)
            child = os.fork()
            if child == 0:
                c, _ = s.accept()
                c.sendall(b'%d\n' % os.getpid())
                os._exit(0)
            say('listening')
            hear()
            """, directory.Socket);
        Assert.Equal("listening", activator.Hear());
        using var client = await Connect(sync, UnixAddress.FromPath(directory.Socket), TestLibC.geteuid());
        var servant = int.Parse((await client.ReadLineAsync())!.Value.Span, CultureInfo.InvariantCulture);
        Assert.Equal(activator.Pid, client.ServerPid);
        Assert.NotEqual(servant, client.ServerPid);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_full_backlog_times_out(bool sync)
    {
        using var directory = new TempDirectory();
        using var listener = Full(directory, out var waiting);
        var error = await Assert.ThrowsAsync<UnixPeerException>(() => Connect(sync, listener.Address, TestLibC.geteuid(), TimeSpan.FromMilliseconds(50)));
        Assert.Equal(UnixPeerFault.TimedOut, error.Kind);
        Assert.Contains("backlog is full", error.Message, StringComparison.Ordinal);
        waiting.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Room_in_the_backlog_is_waited_for(bool sync)
    {
        using var directory = new TempDirectory();
        using var listener = Full(directory, out var waiting);
        var connecting = Task.Run(() => Connect(sync, listener.Address, TestLibC.geteuid(), Timeout.InfiniteTimeSpan));
        using (NativeSocket.Accept(listener.Handle))
        {
            using var client = await connecting.WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Equal(TestLibC.geteuid(), client.ServerUid);
        }

        waiting.Dispose();
    }

    [Fact]
    public async Task Waiting_for_the_backlog_can_be_cancelled()
    {
        using var directory = new TempDirectory();
        using var listener = Full(directory, out var waiting);
        using var cancel = new CancellationTokenSource();
        var connecting = UnixPeerClient.ConnectAsync(listener.Address, TestLibC.geteuid(), Timeout.InfiniteTimeSpan, ct: cancel.Token);
        Assert.False(connecting.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
        waiting.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_missing_and_a_dead_socket_are_unreachable(bool sync)
    {
        using var directory = new TempDirectory();
        var address = UnixAddress.FromPath(directory.Socket);
        var missing = await Assert.ThrowsAsync<UnixPeerException>(() => Connect(sync, address, 0));
        Assert.Contains("No such file", missing.Message, StringComparison.Ordinal);
        TempDirectory.LeaveDeadSocket(directory.Socket);
        var dead = await Assert.ThrowsAsync<UnixPeerException>(() => Connect(sync, address, 0));
        Assert.Contains("Connection refused", dead.Message, StringComparison.Ordinal);
        Assert.Equal((UnixPeerFault.Unreachable, UnixPeerFault.Unreachable), (missing.Kind, dead.Kind));
    }

    [Fact]
    public async Task Nonsense_is_refused_before_connecting()
    {
        var address = UnixAddress.FromPath("/nowhere");
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Connect(sync: true, address, 0, TimeSpan.FromSeconds(-2)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => UnixPeerClient.ConnectAsync(address, 0, maxReplyBytes: 0));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => UnixPeerClient.ConnectAsync(address, 0, ct: new CancellationToken(canceled: true)));
    }

    private static UnixListener Full(TempDirectory directory, out SafeSocketHandle waiting)
    {
        var listener = UnixListener.Bind(UnixAddress.FromPath(directory.Socket), new UnixListenerOptions { Label = "ask socket", Backlog = 0 });
        waiting = NativeSocket.Create(nonBlocking: true);
        Assert.Equal(0, NativeSocket.Connect(waiting, listener.Address));
        return listener;
    }

    private static Task<UnixPeerConnection> Connect(bool sync, UnixAddress address, uint uid, TimeSpan? timeout = null) => sync
        ? Task.Run(() => UnixPeerClient.Connect(address, uid, timeout))
        : UnixPeerClient.ConnectAsync(address, uid, timeout);
}
