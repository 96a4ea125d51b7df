using System.Net.Sockets;

namespace UnixPeers;

/// <summary>Keeps a descriptor without close-on-exec for as long as it is not disposed.</summary>
internal sealed class SharedDescriptor : IDisposable
{
    private readonly SafeSocketHandle _socket;

    public SharedDescriptor(SafeSocketHandle socket)
    {
        _socket = socket;
        NativeSocket.SetCloseOnExec(socket, false);
    }

    public void Dispose()
    {
        if (!_socket.IsClosed)
        {
            NativeSocket.SetCloseOnExec(_socket, true);
        }
    }
}
