using System.Net;
using System.Net.Sockets;
using UnixPeers.Native;

namespace UnixPeers.Tests.Peers;

/// <summary>Credentials of real peers on real sockets.</summary>
public sealed class PeerCredentialsTests
{
    private static uint OwnUid =>
        uint.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[2]);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Both_ends_name_this_process(bool isAbstract)
    {
        using PeerListener listener = new(isAbstract);
        using Socket client = listener.Connect();
        using Socket server = listener.Accept();

        foreach (Socket end in new[] { client, server })
        {
            PeerCredentials peer = Known(PeerCredentials.Read(end.SafeHandle));
            Assert.Equal(Environment.ProcessId, peer.Pid);
            Assert.Equal(OwnUid, peer.Uid);
            Assert.Null(peer.Token);
        }
    }

    [Fact]
    public void A_child_is_named_by_its_pid()
    {
        using PeerListener listener = new();
        using Child child = Child.Python("s = connect(sys.argv[1]); hear()", listener.Address);
        using Socket server = listener.Accept();

        PeerCredentials peer = Known(PeerCredentials.Read((int)server.Handle));
        Assert.Equal(child.Pid, peer.Pid);
        Assert.Equal($"uid {peer.Uid}, gid {peer.Gid}, pid {child.Pid}", peer.ToString());
    }

    [Fact]
    public void Another_user_is_another_uid()
    {
        Assert.SkipUnless(OwnUid == 0, "needs root to become another user");
        using PeerListener listener = new();
        using Child child = Child.PythonAsNobody("s = connect(sys.argv[1]); hear()", listener.Address);
        using Socket server = listener.Accept();

        PeerCredentials peer = Known(PeerCredentials.Read(server.SafeHandle));
        Assert.Equal((65534u, 65534u, (int?)child.Pid), (peer.Uid, peer.Gid, peer.Pid));
    }

    [Fact]
    public void Groups_are_those_of_the_peer_however_many()
    {
        Assert.SkipUnless(OwnUid == 0, "needs root to set groups");
        using PeerListener listener = new();
        foreach (int count in new[] { 0, 1, 64, 65, 1000 })
        {
            using Child child = Child.Python(
                "os.setgroups(range(5000, 5000 + int(sys.argv[2]))); s = connect(sys.argv[1]); hear()", listener.Address, $"{count}");
            using Socket server = listener.Accept();

            IReadOnlyList<uint>? groups = PeerCredentials.ReadGroups((int)server.Handle);
            Assert.NotNull(groups);
            Assert.Equal(Enumerable.Range(5000, count), groups.Select(group => (int)group));
        }
    }

    [Fact]
    public void Groups_of_no_Unix_socket_are_unknown()
    {
        using Socket tcp = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Assert.Null(PeerCredentials.ReadGroups((int)tcp.Handle));
        Assert.Null(PeerCredentials.ReadGroups(-1));
    }

    [Fact]
    public void Groups_do_not_follow_a_kernel_that_lies()
    {
        int calls = 0;
        foreach (int claimed in new[] { 0, -4, 64 * sizeof(uint), (PeerCredentials.MaxGroups + 1) * sizeof(uint) })
        {
            calls = 0;
            Assert.Null(PeerCredentials.ReadGroups(0, (int _, int _, int _, Span<byte> _, out int length) =>
            {
                calls++;
                length = claimed;
                return LibC.ERANGE;
            }));
            Assert.Equal(1, calls);
        }
    }

    [Fact]
    public void Groups_up_to_the_limit_are_read()
    {
        IReadOnlyList<uint>? groups = PeerCredentials.ReadGroups(0, (int _, int _, int _, Span<byte> value, out int length) =>
        {
            length = PeerCredentials.MaxGroups * sizeof(uint);
            return value.Length < length ? LibC.ERANGE : 0;
        });
        Assert.Equal(PeerCredentials.MaxGroups, groups?.Count);
    }

    [Fact]
    public void B15_the_clients_own_address_plays_no_part()
    {
        using PeerListener listener = new();
        foreach (string own in new[] { Path.Combine(listener.Folder, ";uid=0;"), "\0;uid=0;pid=1;" })
        {
            using Child child = Child.Python(
                "s = connect(sys.argv[1], sys.argv[2].replace('NUL', '\\0')); hear()", listener.Address, own.Replace("\0", "NUL"));
            using Socket server = listener.Accept();

            PeerCredentials peer = Known(PeerCredentials.Read(server.SafeHandle));
            Assert.Equal((OwnUid, (int?)child.Pid), (peer.Uid, peer.Pid));
        }
    }

    [Fact]
    public void B25_an_inherited_connection_is_the_connectors()
    {
        using PeerListener listener = new();
        using Child child = Child.Python(
            """
            s = connect(sys.argv[1])
            if os.fork() == 0:
                s.send(str(os.getpid()).encode())
                hear()
            hear()
            """,
            listener.Address);
        using Socket server = listener.Accept();
        byte[] text = new byte[20];
        int writer = int.Parse(text.AsSpan(0, server.Receive(text)));

        Assert.NotEqual(child.Pid, writer);
        Assert.Equal(child.Pid, Known(PeerCredentials.Read(server.SafeHandle)).Pid);
    }

    [Fact]
    public void B26_other_families_are_refused_before_they_are_asked()
    {
        using TcpListener tcp = new(IPAddress.Loopback, 0);
        tcp.Start();
        using Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(tcp.LocalEndpoint);
        using Socket udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        foreach (Socket socket in new[] { client, udp })
        {
            List<int> asked = [];
            PeerResult result = PeerCredentials.Read((int)socket.Handle, Recording(asked));
            Assert.Equal(new PeerResult.Refused(PeerRefusal.NotUnixSocket, 0), result);
            Assert.Equal([LibC.SO_DOMAIN], asked);
        }
    }

    [Fact]
    public void What_is_no_socket_is_refused()
    {
        using FileStream file = File.OpenRead("/dev/null");
        Assert.Equal(new PeerResult.Refused(PeerRefusal.NotUnixSocket, LibC.ENOTSOCK), PeerCredentials.Read(file.SafeFileHandle));
        Assert.Equal(new PeerResult.Refused(PeerRefusal.CallFailed, 9), PeerCredentials.Read(-1));
    }

    [Fact]
    public void A_socket_without_a_peer_is_refused()
    {
        using Socket alone = PeerListener.New();
        Assert.Equal(new PeerResult.Refused(PeerRefusal.InvalidUid, 0), PeerCredentials.Read(alone.SafeHandle));
    }

    [Fact]
    public void A_closed_handle_is_a_fault_not_an_answer()
    {
        Socket socket = PeerListener.New();
        SafeSocketHandle handle = socket.SafeHandle;
        socket.Dispose();
        Assert.Throws<ObjectDisposedException>(() => PeerCredentials.Read(handle));
    }

    [Fact]
    public void A_reactor_pays_two_calls_and_the_result()
    {
        using PeerListener listener = new();
        using Socket client = listener.Connect();
        List<int> asked = [];
        Assert.IsType<PeerResult.Peer>(PeerCredentials.Read((int)client.Handle, Recording(asked)));
        Assert.Equal([LibC.SO_DOMAIN, 17], asked.Select(option => option == 21 ? 17 : option));

        int descriptor = (int)client.Handle;
        PeerCredentials.Read(descriptor);
        long before = GC.GetAllocatedBytesForCurrentThread();
        PeerResult result = PeerCredentials.Read(descriptor);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.KeepAlive(result);
        Assert.InRange(allocated, 1, 96);
    }

    private static SocketOptionReader Recording(List<int> asked) =>
        (int descriptor, int level, int option, Span<byte> value, out int length) =>
        {
            asked.Add(option);
            return SocketOption.Read(descriptor, level, option, value, out length);
        };

    private static PeerCredentials Known(PeerResult result) => Assert.IsType<PeerResult.Peer>(result).Credentials;
}
