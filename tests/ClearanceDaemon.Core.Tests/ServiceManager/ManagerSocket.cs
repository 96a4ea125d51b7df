using System.Net.Sockets;
using System.Text;
using ClearanceDaemon.Conformance;

namespace ClearanceDaemon.Core.Tests.ServiceManager;

/// <summary>A service manager's ear: a datagram socket at a path, or at an abstract name.</summary>
internal sealed class ManagerSocket : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly string? _directory;

    public ManagerSocket(bool isAbstract = false)
    {
        if (isAbstract)
        {
            Address = $"@clearance-test-{Guid.NewGuid():n}";
        }
        else
        {
            _directory = Directory.CreateTempSubdirectory("notify-").FullName;
            Address = Path.Combine(_directory, "n");
        }

        _socket.Bind(new UnixDomainSocketEndPoint(isAbstract ? "\0" + Address[1..] : Address));
        _socket.ReceiveTimeout = (int)Eventually.Limit.TotalMilliseconds;
    }

    /// <summary>As NOTIFY_SOCKET says it.</summary>
    public string Address { get; }

    public bool IsEmpty => _socket.Available == 0;

    /// <summary>The next datagram.</summary>
    public string Next()
    {
        var buffer = new byte[4096];
        return Encoding.UTF8.GetString(buffer, 0, _socket.Receive(buffer));
    }

    public void Dispose()
    {
        _socket.Dispose();
        if (_directory is not null)
        {
            Directory.Delete(_directory, recursive: true);
        }
    }
}
