using System.Net.Sockets;
using System.Runtime.InteropServices;
using UnixPeers.Native;

namespace UnixPeers;

/// <summary>
/// Unix stream sockets made and named by system calls, so that .NET never learns a path which it would unlink on
/// Dispose (dotnet/runtime#45537).
/// </summary>
internal static class NativeSocket
{
    /// <summary>A new close-on-exec socket, or an invalid handle with errno in the last P/Invoke error.</summary>
    public static SafeSocketHandle Create(bool nonBlocking)
    {
        var n = SystemNumbers.Current;
        var type = SystemNumbers.SOCK_STREAM | n.SOCK_CLOEXEC | (nonBlocking ? n.SOCK_NONBLOCK : 0);
        var handle = new SafeSocketHandle(LibC.socket(SystemNumbers.AF_UNIX, type, 0), ownsHandle: true);
        if (!handle.IsInvalid && n.SOCK_CLOEXEC == 0)
        {
            SetCloseOnExec(handle, true);
        }

        return handle;
    }

    /// <summary>0 or errno.</summary>
    public static int Bind(SafeSocketHandle socket, UnixAddress address)
    {
        var bytes = address.ToSocketAddress();
        return Errno(LibC.bind(socket, bytes, (uint)bytes.Length));
    }

    /// <summary>0 or errno; EAGAIN where the backlog is full and the socket non-blocking.</summary>
    public static int Connect(SafeSocketHandle socket, UnixAddress address)
    {
        var bytes = address.ToSocketAddress();
        return Errno(LibC.connect(socket, bytes, (uint)bytes.Length));
    }

    /// <summary>0 or errno.</summary>
    public static int Listen(SafeSocketHandle socket, int backlog) => Errno(LibC.listen(socket, backlog));

    /// <summary>Accepts one connection; an invalid handle on failure.</summary>
    public static SafeSocketHandle Accept(SafeSocketHandle listener) => new(LibC.accept(listener, 0, 0), ownsHandle: true);

    public static void SetCloseOnExec(SafeSocketHandle socket, bool closeOnExec) =>
        _ = LibC.ioctl(socket, closeOnExec ? SystemNumbers.Current.FIOCLEX : SystemNumbers.Current.FIONCLEX);

    private static int Errno(int result) => result == 0 ? 0 : Marshal.GetLastPInvokeError();
}
