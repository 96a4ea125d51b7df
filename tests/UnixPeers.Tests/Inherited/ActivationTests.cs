using System.Net.Sockets;
using UnixPeers.Tests.Native;
using UnixPeers.Tests.Peers;

namespace UnixPeers.Tests.Inherited;

/// <summary>A process that really was activated, and the children it starts.</summary>
public sealed class ActivationTests
{
    /// <summary>Plays the service manager: two listeners from 3 on, a stray at 9, the variables, exec.</summary>
    private const string Manager = """
        listeners = [socket.socket(socket.AF_UNIX) for _ in range(2)]
        for i, s in enumerate(listeners):
            s.bind('\0unixpeers-activation-%d-%d' % (os.getpid(), i)); s.listen()
        descriptors = [os.dup(s.fileno()) for s in listeners]
        stray = os.open('/dev/null', os.O_RDONLY)
        high = [os.dup2(d, 200 + i) for i, d in enumerate(descriptors)]
        for i, d in enumerate(high):
            os.dup2(d, 3 + i, inheritable=True); os.close(d)
        os.dup2(stray, 9, inheritable=True)
        os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS='2', LISTEN_FDNAMES='ask:operator', LISTEN_PIDFDID='1',
            NOTIFY_SOCKET='/nowhere', WATCHDOG_USEC='5000000', WATCHDOG_PID=str(os.getpid()))
        os.execv(sys.argv[1], sys.argv[1:])
        """;

    private const string Lists = """
        import fcntl, os
        def is_open(fd):
            try: fcntl.fcntl(fd, fcntl.F_GETFD); return True
            except OSError: return False
        print([fd for fd in range(1024) if is_open(fd)], sorted(n for n in os.environ if n.startswith(('LISTEN', 'NOTIFY', 'WATCHDOG'))))
        """;

    [Fact]
    public void B40_children_of_an_activated_process_get_nothing()
    {
        string test = $"{typeof(ActivationTests).FullName}.{nameof(When_activated)}";
        using Child activated = Child.Python(Manager, Child.SelfPath, "-explicit", "only", "-noLogo", "-method", test);
        (int code, string output) = activated.Finish();
        Assert.True(code == 0 && output.Contains("Total: 1,", StringComparison.Ordinal), output);
    }

    [Fact(Explicit = true)]
    public void When_activated()
    {
        Assert.Contains("LISTEN_FDS", Environment.GetEnvironmentVariables().Keys.Cast<string>());
        Assert.True(HandedOver.IsOpen(9));
        IReadOnlyList<InheritedSocket> taken = InheritedSockets.Take();
        ServiceEnvironment service = ServiceEnvironment.Take();
        StrayDescriptors.CloseOnExec(3);

        Assert.Equal(["ask", "operator"], taken.Select(socket => socket.Name));
        Assert.Equal([3, 4], taken.Select(socket => (int)socket.Handle.DangerousGetHandle()));
        Assert.Empty(InheritedSockets.Take());
        Assert.Equal(("/nowhere", TimeSpan.FromSeconds(5)), (service.NotifySocket, service.WatchdogTimeout));
        Assert.Equal(0, TestLibC.getenv("LISTEN_FDS"));
        Assert.Equal(0, TestLibC.getenv("NOTIFY_SOCKET"));

        using (Child child = Child.Run(["/usr/bin/python3", "-c", Lists]))
        {
            Assert.Equal("[0, 1, 2] []", child.Finish().Output.Trim());
        }

        // The sockets work: whoever connects is served, and known.
        using Socket listener = new(taken[0].Handle);
        using Socket client = PeerListener.New();
        client.Connect(new UnixDomainSocketEndPoint($"\0unixpeers-activation-{Environment.ProcessId}-0"));
        using Socket server = listener.Accept();
        Assert.Equal(Environment.ProcessId, Assert.IsType<PeerResult.Peer>(PeerCredentials.Read(server.SafeHandle)).Credentials.Pid);
    }
}
