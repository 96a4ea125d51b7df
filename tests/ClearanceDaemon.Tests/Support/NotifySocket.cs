using System.Net.Sockets;
using System.Text;
using ClearanceDaemon.Conformance;

namespace ClearanceDaemon.Tests.Support;

/// <summary>A service manager's ear.</summary>
internal sealed class NotifySocket : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public NotifySocket(Home home)
    {
        var path = Path.Combine(home.Root, "notify");
        _socket.Bind(new UnixDomainSocketEndPoint(path));
        _socket.ReceiveTimeout = (int)Eventually.Limit.TotalMilliseconds;
        home.Environment["NOTIFY_SOCKET"] = path;
    }

    /// <summary>The next message.</summary>
    public string Next()
    {
        var buffer = new byte[8192];
        return Encoding.UTF8.GetString(buffer, 0, _socket.Receive(buffer));
    }

    public void Dispose() => _socket.Dispose();
}
