using System.Net.Sockets;

namespace UnixPeers.Tests.Peers;

/// <summary>A peer from outside the pid namespace of who reads.</summary>
public sealed class ForeignNamespaceTests
{
    private const string AddressVariable = "UNIXPEERS_TEST_ADDRESS";

    [Fact]
    public void B27_a_peer_outside_our_pid_namespace_has_no_pid_and_is_refused()
    {
        string[] unshare = Unshare();
        string address = "unixpeers-ns-" + Guid.NewGuid().ToString("N");
        using Child reader = Child.Self(
            unshare, typeof(ForeignNamespaceTests), nameof(Inside), new Dictionary<string, string> { [AddressVariable] = address });
        using Socket client = PeerListener.New();
        Eventually.True(() => TryConnect(client, address), "the reader does not listen");
        (int code, string output) = reader.Finish();
        Assert.True(code == 0 && output.Contains("Total: 1,", StringComparison.Ordinal), output);
    }

    [Fact]
    public void B28_a_listener_outside_our_pid_namespace_has_no_pid_and_is_known_by_its_uid()
    {
        string[] unshare = Unshare();
        string address = "unixpeers-ns-" + Guid.NewGuid().ToString("N");
        using Socket listener = PeerListener.New();
        listener.Bind(new UnixDomainSocketEndPoint("\0" + address));
        listener.Listen();
        using Child client = Child.Self(
            unshare, typeof(ForeignNamespaceTests), nameof(InsideAsClient), new Dictionary<string, string> { [AddressVariable] = address });
        (int code, string output) = client.Finish();
        Assert.True(code == 0 && output.Contains("Total: 1,", StringComparison.Ordinal), output);
    }

    [Fact(Explicit = true)]
    public void InsideAsClient()
    {
        uint uid = Native.TestLibC.geteuid();
        UnixAddress address = UnixAddress.Parse("@" + Environment.GetEnvironmentVariable(AddressVariable));
        using UnixPeerConnection connection = UnixPeerClient.Connect(address, uid);
        Assert.Equal((uid, null), (connection.ServerUid, connection.ServerPid));
        Assert.Equal(UnixPeerFault.Untrusted, Assert.Throws<UnixPeerException>(() => UnixPeerClient.Connect(address, uid + 1)).Kind);
    }

    [Fact(Explicit = true)]
    public void Inside()
    {
        using Socket listener = PeerListener.New();
        listener.Bind(new UnixDomainSocketEndPoint("\0" + Environment.GetEnvironmentVariable(AddressVariable)));
        listener.Listen();
        using Socket server = listener.Accept();
        Assert.Equal(new PeerResult.Refused(PeerRefusal.InvalidPid, 0), PeerCredentials.Read(server.SafeHandle));
    }

    private static string[] Unshare()
    {
        string[] unshare = ["/usr/bin/unshare", "--pid", "--fork", "--kill-child", "--mount-proc"];
        using Child probe = Child.Run([.. unshare, "/bin/true"]);
        Assert.SkipUnless(probe.Finish().Code == 0, "no pid namespace can be made here");
        return unshare;
    }

    private static bool TryConnect(Socket client, string address)
    {
        try
        {
            client.Connect(new UnixDomainSocketEndPoint("\0" + address));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
