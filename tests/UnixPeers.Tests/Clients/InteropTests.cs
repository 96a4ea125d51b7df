using System.Net.Sockets;
using System.Text;
using UnixPeers.Tests.Listeners;
using UnixPeers.Tests.Native;
using UnixPeers.Tests.Peers;

namespace UnixPeers.Tests.Clients;

/// <summary>Both ends against programs that know nothing of us.</summary>
public sealed class InteropTests
{
    [Theory]
    [InlineData("path")]
    [InlineData("abstract")]
    public void Socat_talks_to_our_listener(string kind)
    {
        using var directory = new TempDirectory();
        var address = Address(directory, kind);
        using var listener = UnixListener.Bind(address, TempDirectory.Options);
        using var socat = Child.Run(["/usr/bin/socat", "-", SocatAddress("CONNECT", address)]);
        socat.Say("hello");
        using var server = NativeSocket.Accept(listener.Handle);
        var peer = Assert.IsType<PeerResult.Peer>(PeerCredentials.Read(server));
        Assert.Equal((TestLibC.geteuid(), socat.Pid), (peer.Credentials.Uid, peer.Credentials.Pid));

        using var stream = new NetworkStream(new Socket(server));
        var bytes = new byte[6];
        stream.ReadExactly(bytes);
        Assert.Equal("hello\n", Encoding.ASCII.GetString(bytes));
        stream.Write("cleared\n"u8);
        Assert.Equal("cleared", socat.Hear());
    }

    [Theory]
    [InlineData("path", true)]
    [InlineData("path", false)]
    [InlineData("abstract", true)]
    [InlineData("abstract", false)]
    public async Task Our_client_talks_to_socat(string kind, bool sync)
    {
        using var directory = new TempDirectory();
        var address = Address(directory, kind);
        using var socat = Child.Run(["/usr/bin/socat", SocatAddress("LISTEN", address) + ",fork", "SYSTEM:cat"]);
        Eventually.True(() => UnixListeners.HasLiveListener(address), "socat does not listen");
        using var client = sync
            ? UnixPeerClient.Connect(address, TestLibC.geteuid())
            : await UnixPeerClient.ConnectAsync(address, TestLibC.geteuid());
        await client.Stream.WriteAsync("hello\n"u8.ToArray());
        Assert.Equal("hello", Encoding.ASCII.GetString((await client.ReadLineAsync())!.Value.Span));
    }

    [Theory]
    [InlineData("path")]
    [InlineData("abstract")]
    public void Python_talks_to_our_listener_and_learns_who_we_are(string kind)
    {
        using var directory = new TempDirectory();
        var address = Address(directory, kind);
        using var listener = UnixListener.Bind(address, TempDirectory.Options);
        using var python = Child.Python("""
            s = connect(sys.argv[1])
            pid, uid, gid = struct.unpack('iII', s.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
            say('%d %d' % (pid, uid))
            """, address.ToString());
        Assert.Equal($"{Environment.ProcessId} {TestLibC.geteuid()}", python.Hear());
    }

    [Theory]
    [InlineData("path")]
    [InlineData("abstract")]
    public void B15_a_clients_own_address_is_no_part_of_who_it_is(string kind)
    {
        using var directory = new TempDirectory();
        using var listener = directory.Bind();
        using var python = Child.Python("""
            s = connect(sys.argv[1], sys.argv[2] if sys.argv[2][0] == '/' else '\0' + sys.argv[2])
            say('connected')
            hear()
            """, directory.Socket, kind == "path" ? directory.Below(";uid=0;") : $";uid=0;{Guid.NewGuid():N}");
        Assert.Equal("connected", python.Hear());
        using var server = NativeSocket.Accept(listener.Handle);
        var peer = Assert.IsType<PeerResult.Peer>(PeerCredentials.Read(server));
        Assert.Equal((TestLibC.geteuid(), python.Pid), (peer.Credentials.Uid, peer.Credentials.Pid));
        Assert.DoesNotContain(";", peer.Credentials.ToString(), StringComparison.Ordinal);
    }

    private static UnixAddress Address(TempDirectory directory, string kind) =>
        kind == "path" ? UnixAddress.FromPath(directory.Socket) : AbstractListenerTests.Unique();

    private static string SocatAddress(string verb, UnixAddress address) =>
        address.IsAbstract ? $"ABSTRACT-{verb}:{address.ToString()[1..]}" : $"UNIX-{verb}:{address}";
}
