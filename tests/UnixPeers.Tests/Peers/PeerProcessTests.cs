using System.Net.Sockets;
using System.Reflection;
using UnixPeers.Native;
using UnixPeers.Tests.Native;

namespace UnixPeers.Tests.Peers;

/// <summary>Pinning: three outcomes that stay apart, and life checked after the fact.</summary>
public sealed class PeerProcessTests
{
    private const string Waits = "s = connect(sys.argv[1]); hear()";

    [Fact]
    public void A_living_peer_is_pinned_close_on_exec()
    {
        using PinnedPeer peer = new(Waits);
        Assert.Equal(peer.Child.Pid, peer.Process.Pid);
        Assert.Equal(peer.Credentials.Uid, peer.Process.Uid);
        Assert.True(peer.Process.IsAlive);

        // Nothing of the pin is in a child.
        using Child list = Child.Run(["/bin/sh", "-c", "ls -l /proc/self/fd"]);
        Assert.DoesNotContain("pidfd", list.Finish().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_peer_that_exits_is_no_longer_alive()
    {
        using PinnedPeer peer = new(Waits);
        peer.Child.Kill();
        Assert.False(peer.Process.IsAlive);
        Assert.Equal(ObservedProcess.Gone, peer.Process.Observe());
    }

    [Fact]
    public void A_zombie_counts_as_exited()
    {
        // The connector exits; its parent lives and does not reap it.
        using PeerListener listener = new();
        using Child parent = Child.Python(
            """
            pid = os.fork()
            if pid == 0:
                s = connect(sys.argv[1])
                hear()
                os._exit(0)
            say(str(pid)); hear()
            """,
            listener.Address);
        using Socket server = listener.Accept();
        PeerCredentials credentials = Assert.IsType<PeerResult.Peer>(PeerCredentials.Read(server.SafeHandle)).Credentials;
        PeerPin pin = PeerProcess.Pin((int)server.Handle, credentials);
        Assert.SkipWhen(pin is PeerPin.Unsupported, "this kernel has no SO_PEERPIDFD");
        using PeerProcess process = Assert.IsType<PeerPin.Pinned>(pin).Process;
        Assert.Equal(parent.HearNumber(), process.Pid);

        using Child kill = Child.Run(["/bin/sh", "-c", $"kill -9 {process.Pid}"]);
        Assert.Equal(0, kill.Finish().Code);
        Eventually.True(() => !process.IsAlive, "the zombie looks alive");
        Assert.True(Directory.Exists($"/proc/{process.Pid}"), "it should be a zombie");
        Assert.IsType<PeerPin.Gone>(PeerProcess.Pin((int)server.Handle, credentials));
    }

    [Fact]
    public void B18_what_was_read_of_a_peer_that_died_meanwhile_is_discarded()
    {
        using PinnedPeer peer = new(Waits);
        Assert.Equal(ObservedState.Known, peer.Process.Observe().State);

        ObservedProcess seen = peer.Process.Observe(afterReads: () =>
        {
            peer.Child.Kill();
            Assert.False(Directory.Exists($"/proc/{peer.Child.Pid}"), "the child is not reaped");
        });
        Assert.Equal(ObservedProcess.Gone, seen);
        Assert.Null(seen.Executable);
    }

    [Fact]
    public void B19_a_reaped_peer_is_gone_though_the_socket_still_names_it()
    {
        using PeerListener listener = new();
        using Child child = Child.Python("s = connect(sys.argv[1]); s.send(b'x'); hear()", listener.Address);
        using Socket server = listener.Accept();
        child.Kill();

        PeerCredentials credentials = Assert.IsType<PeerResult.Peer>(PeerCredentials.Read(server.SafeHandle)).Credentials;
        Assert.Equal(child.Pid, credentials.Pid);
        PeerPin pin = PeerProcess.Pin((int)server.Handle, credentials);
        Assert.SkipWhen(pin is PeerPin.Unsupported, "this kernel has no SO_PEERPIDFD");
        Assert.IsType<PeerPin.Gone>(pin);
    }

    [Theory]
    [InlineData(LibC.ENOPROTOOPT, typeof(PeerPin.Unsupported))]
    [InlineData(LibC.EINVAL, typeof(PeerPin.Gone))]
    [InlineData(LibC.ESRCH, typeof(PeerPin.Gone))]
    [InlineData(24, typeof(PeerPin.Failed))]
    [InlineData(23, typeof(PeerPin.Failed))]
    [InlineData(61, typeof(PeerPin.Failed))]
    public void B19_outcomes_are_distinct(int errno, Type outcome)
    {
        PeerPin pin = PeerProcess.Pin(0, new PeerCredentials(1000, 1000, 7), (int _, int _, int option, Span<byte> value, out int length) =>
        {
            Assert.Equal(LibC.SO_PEERPIDFD, option);
            length = value.Length;
            return errno;
        });
        Assert.IsType(outcome, pin);
        Assert.Equal(outcome == typeof(PeerPin.Failed) ? errno : 0, (pin as PeerPin.Failed)?.Errno ?? 0);
    }

    [Fact]
    public void B20_a_process_comes_from_the_socket_or_not_at_all()
    {
        // Nothing public makes a process of a bare pid; one that was noted down comes back with its number of pidfs only.
        Assert.Empty(typeof(PeerProcess).GetConstructors());
        MethodInfo[] makers = [.. typeof(PeerProcess).GetMethods(BindingFlags.Static | BindingFlags.Public).Where(method => !method.IsSpecialName)];
        Assert.Equal([nameof(PeerProcess.Pin), nameof(PeerProcess.Reopen)], makers.Select(method => method.Name).Order());
        Assert.Equal([typeof(int), typeof(ulong)], typeof(PeerProcess).GetMethod(nameof(PeerProcess.Reopen))!.GetParameters().Select(p => p.ParameterType));
        Assert.DoesNotContain(
            typeof(PeerProcess).GetMethods(), method => method.GetParameters() is [{ ParameterType: { } type }] && type == typeof(int));

        // What looks at a bare pid is another type, which never says that it knows.
        Assert.Equal(ObservedState.Unknown, new UnpinnedProcess(Environment.ProcessId).Observe().State);

        // No option: no process, although the pid is known and alive.
        PeerCredentials alive = new(0, 0, Environment.ProcessId);
        PeerPin pin = PeerProcess.Pin(0, alive, (int _, int _, int _, Span<byte> _, out int length) =>
        {
            length = 0;
            return LibC.ENOPROTOOPT;
        });
        Assert.IsType<PeerPin.Unsupported>(pin);
    }

    [Fact]
    public void B19_whether_the_kernel_pins_is_told_without_a_peer()
    {
        using PeerListener listener = new();
        using Socket client = listener.Connect();
        using Socket server = listener.Accept();
        PeerPin pin = PeerProcess.Pin((int)server.Handle, Assert.IsType<PeerResult.Peer>(PeerCredentials.Read(server.SafeHandle)).Credentials);
        Assert.Equal(pin is not PeerPin.Unsupported, PeerProcess.IsSupported);
        (pin as PeerPin.Pinned)?.Process.Dispose();
    }

    [Fact]
    public void After_disposal_nothing_is_known_and_nothing_throws()
    {
        using PinnedPeer peer = new(Waits);
        peer.Process.Dispose();
        peer.Process.Dispose();
        Assert.False(peer.Process.IsAlive);
        Assert.Equal(ObservedState.Gone, peer.Process.Observe().State);
        Assert.NotEqual(peer.Process.Identity, ProcessIdentity.FromPidfd(peer.Process.Uid, 1));
    }

    [Fact]
    public async Task Disposal_may_come_in_the_middle()
    {
        using PinnedPeer peer = new(Waits);
        for (int i = 0; i < 200; i++)
        {
            PeerProcess process = Assert.IsType<PeerPin.Pinned>(PeerProcess.Pin(peer.Descriptor, peer.Credentials)).Process;
            Task<ObservedState>[] observers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() => process.Observe().State))];
            process.Dispose();
            Assert.All(await Task.WhenAll(observers), state => Assert.Contains(state, new[] { ObservedState.Known, ObservedState.Gone }));
        }
    }

    [Fact]
    public void Signals_do_not_make_a_living_peer_look_dead()
    {
        // The runtime stops threads by signals, and a pending one ends even a poll that is not to wait. Here the peer sends them (SIGCHLD).
        using PinnedPeer peer = new(
            """
            s = connect(sys.argv[1]); pid, tid = int(hear()), int(hear()); say('on')
            while libc.tgkill(pid, tid, 17) == 0: pass
            """);
        int dead = 0;
        Thread target = new(() =>
        {
            peer.Child.Say($"{Environment.ProcessId}");
            peer.Child.Say($"{TestLibC.gettid()}");
            Assert.Equal("on", peer.Child.Hear());
            for (int i = 0; i < 100_000; i++)
            {
                dead += peer.Process.IsAlive ? 0 : 1;
            }
        });
        target.Start();
        target.Join();
        Assert.Equal(0, dead);
    }

    [Fact]
    public void A_listener_seen_from_its_client_is_pinned_too()
    {
        string name = "pin-" + Guid.NewGuid().ToString("N");
        using Child server = Child.Python(
            """
            s = socket.socket(socket.AF_UNIX); s.bind('\0' + sys.argv[1]); s.listen(); say('on')
            c = s.accept(); hear()
            """,
            name);
        Assert.Equal("on", server.Hear());
        using Socket client = PeerListener.New();
        client.Connect(new UnixDomainSocketEndPoint("\0" + name));
        PeerCredentials credentials = Assert.IsType<PeerResult.Peer>(PeerCredentials.Read(client.SafeHandle)).Credentials;
        Assert.Equal(server.Pid, credentials.Pid);
        PeerPin pin = PeerProcess.Pin((int)client.Handle, credentials);
        Assert.SkipWhen(pin is PeerPin.Unsupported, "this kernel has no SO_PEERPIDFD");
        Assert.IsType<PeerPin.Pinned>(pin).Process.Dispose();
    }
}
