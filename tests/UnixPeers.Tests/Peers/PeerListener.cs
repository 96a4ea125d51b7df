using System.Net.Sockets;
using UnixPeers.Tests.Native;

namespace UnixPeers.Tests.Peers;

/// <summary>A plain listening socket in a directory of its own, or under an abstract name.</summary>
internal sealed class PeerListener : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly string _directory = Path.Combine(Path.GetTempPath(), "unixpeers-" + Guid.NewGuid().ToString("N")[..12]);

    internal PeerListener(bool isAbstract = false)
    {
        Directory.CreateDirectory(_directory);
        Address = isAbstract ? "@unixpeers-" + Guid.NewGuid().ToString("N") : Path.Combine(_directory, "s");
        Socket.Bind(EndPoint);
        Socket.Listen(128);
        if (!isAbstract)
        {
            // Other users take part in some tests.
            _ = TestLibC.chmod(Address, Convert.ToUInt32("666", 8));
            _ = TestLibC.chmod(_directory, Convert.ToUInt32("755", 8));
        }
    }

    internal Socket Socket { get; } = New();

    /// <summary>The path, or the name after an @.</summary>
    internal string Address { get; }

    internal string Folder => _directory;

    private UnixDomainSocketEndPoint EndPoint => new(Address[0] == '@' ? "\0" + Address[1..] : Address);

    public void Dispose()
    {
        Socket.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    internal static Socket New() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    internal Socket Connect()
    {
        Socket client = New();
        client.Connect(EndPoint);
        return client;
    }

    internal Socket Accept()
    {
        Assert.True(Socket.Poll(Deadline, SelectMode.SelectRead), "nobody connected");
        return Socket.Accept();
    }
}
