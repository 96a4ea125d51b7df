using UnixPeers.Native;

namespace UnixPeers;

/// <content>socket(7): SO_DOMAIN, SO_TYPE, SO_ACCEPTCONN.</content>
internal static partial class SocketFacts
{
    private static string? NotAListenerLinux(int descriptor)
    {
        int errno = SocketOption.ReadInt(SocketOption.FromKernel, descriptor, LibC.SOL_SOCKET, LibC.SO_DOMAIN, out int domain);
        if (errno != 0)
        {
            return errno == LibC.ENOTSOCK ? "it is not a socket" : $"it cannot be asked (errno {errno})";
        }

        if (domain != LibC.AF_UNIX)
        {
            return "it is not a Unix-domain socket";
        }

        errno = SocketOption.ReadInt(SocketOption.FromKernel, descriptor, LibC.SOL_SOCKET, LibC.SO_TYPE, out int type);
        if (errno != 0 || type != LibC.SOCK_STREAM)
        {
            return "it is not a stream socket";
        }

        errno = SocketOption.ReadInt(SocketOption.FromKernel, descriptor, LibC.SOL_SOCKET, LibC.SO_ACCEPTCONN, out int listening);
        if (errno == 0 && listening == 1)
        {
            return null;
        }

        return IsConnected(descriptor) ? "it is a connected socket, not a listening one" : "it is not listening";
    }
}
