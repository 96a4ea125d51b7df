using System.Net.Sockets;
using System.Text;

namespace ClearanceDaemon.EndToEnd.Support;

/// <summary>Plays the service manager's end of <c>sd_notify</c> for every daemon started in a home after it was made.</summary>
internal sealed class NotifySocket : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public NotifySocket(TestHome home)
    {
        var path = Path.Combine(home.Root, "notify");
        _socket.Bind(new UnixDomainSocketEndPoint(path));
        _socket.ReceiveTimeout = (int)Until.Deadline.TotalMilliseconds;
        home.Environment["NOTIFY_SOCKET"] = path;
    }

    /// <summary>The lines of the first datagram that holds this one.</summary>
    public string[] ReceiveUntil(string wanted)
    {
        var buffer = new byte[4096];
        while (true)
        {
            var lines = Encoding.UTF8.GetString(buffer, 0, _socket.Receive(buffer)).Split('\n');
            if (lines.Contains(wanted))
            {
                return lines;
            }
        }
    }

    public void Dispose() => _socket.Dispose();
}
