using System.Net.Sockets;

namespace UnixPeers.Tests.Peers;

/// <summary>A python child that connected, and its pin.</summary>
internal sealed class PinnedPeer : IDisposable
{
    private readonly PeerListener _listener = new();
    private readonly Socket _server;

    /// <param name="script">Connects to <c>sys.argv[1]</c>.</param>
    /// <param name="arguments">From <c>sys.argv[2]</c> on.</param>
    internal PinnedPeer(string script, params string[] arguments)
    {
        Child = Child.Python(script, [_listener.Address, .. arguments]);
        _server = _listener.Accept();
        Credentials = Assert.IsType<PeerResult.Peer>(PeerCredentials.Read(_server.SafeHandle)).Credentials;
        PeerPin pin = PeerProcess.Pin(Descriptor, Credentials);
        Assert.SkipWhen(pin is PeerPin.Unsupported, "this kernel has no SO_PEERPIDFD (Linux 6.5)");
        Process = Assert.IsType<PeerPin.Pinned>(pin).Process;
    }

    internal Child Child { get; }

    internal PeerCredentials Credentials { get; }

    internal PeerProcess Process { get; }

    internal Socket Server => _server;

    internal int Descriptor => (int)_server.Handle;

    public void Dispose()
    {
        Process.Dispose();
        _server.Dispose();
        Child.Dispose();
        _listener.Dispose();
    }
}
