using System.Net.Sockets;

namespace ClearanceDaemon.Core.ServiceManager;

/// <summary>Sends notifications to the socket the service manager named. Any thread.</summary>
internal sealed class SystemdNotifier : ISystemdNotifier, IDisposable
{
    private readonly Socket? _socket;

    /// <param name="address">NOTIFY_SOCKET: a path, or <c>@</c> and an abstract name; null when there is no service manager.</param>
    public SystemdNotifier(string? address)
    {
        if (address is not ['/' or '@', _, ..])
        {
            return;
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(address[0] == '@' ? "\0" + address[1..] : address));
            _socket = socket;
        }
        catch (Exception e) when (e is SocketException or ArgumentOutOfRangeException)
        {
            // Nobody there, or a name longer than any socket's.
            socket.Dispose();
        }
    }

    public bool IsEnabled => _socket is not null;

    public void Notify(ServiceState state)
    {
        try
        {
            _socket?.Send(state.GetData());
        }
        catch (SocketException)
        {
            // The manager went away; there is nobody to tell.
        }
    }

    public void Dispose() => _socket?.Dispose();
}
