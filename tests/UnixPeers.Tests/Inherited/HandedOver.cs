using System.Net.Sockets;
using UnixPeers.Tests.Native;
using UnixPeers.Tests.Peers;

namespace UnixPeers.Tests.Inherited;

/// <summary>Descriptors in a row, as a service manager leaves them: open, and not close-on-exec.</summary>
internal sealed class HandedOver : IDisposable
{
    private const int Room = 8;

    // Far above what anything else of this process opens.
    private static int _next = 700;

    private readonly List<IDisposable> _sources = [];
    private int _count;

    internal int First { get; } = Interlocked.Add(ref _next, Room) - Room;

    internal int Count => _count;

    internal int Last => First + _count - 1;

    public void Dispose()
    {
        foreach (IDisposable source in _sources)
        {
            source.Dispose();
        }

        for (int i = 0; i < _count; i++)
        {
            _ = TestLibC.close(First + i);
        }
    }

    internal static bool IsCloseOnExec(int descriptor) => TestLibC.fcntl(descriptor, TestLibC.F_GETFD) == 1;

    internal static bool IsOpen(int descriptor) => TestLibC.fcntl(descriptor, TestLibC.F_GETFD) >= 0;

    internal HandedOver Listener()
    {
        PeerListener listener = new();
        return Add(listener, (int)listener.Socket.Handle);
    }

    internal HandedOver Socket(AddressFamily family, SocketType type, Action<Socket>? prepare = null)
    {
        Socket socket = new(family, type, ProtocolType.Unspecified);
        prepare?.Invoke(socket);
        return Add(socket, (int)socket.Handle);
    }

    internal HandedOver Connected()
    {
        PeerListener listener = new();
        _sources.Add(listener);
        Socket client = listener.Connect();
        return Add(client, (int)client.Handle);
    }

    internal HandedOver File()
    {
        FileStream file = System.IO.File.OpenRead("/dev/null");
        return Add(file, (int)file.SafeFileHandle.DangerousGetHandle());
    }

    internal HandedOver Nothing()
    {
        _count++;
        return this;
    }

    private HandedOver Add(IDisposable source, int descriptor)
    {
        _sources.Add(source);
        Assert.Equal(First + _count, TestLibC.dup2(descriptor, First + _count));
        _count++;
        return this;
    }
}
