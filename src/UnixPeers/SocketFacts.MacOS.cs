using System.Runtime.InteropServices;
using static UnixPeers.Native.LibC;

namespace UnixPeers;

/// <content>macOS has no SO_DOMAIN: the family is the second byte of getsockname's address.</content>
internal static partial class SocketFacts
{
    internal static unsafe int FamilyMacOS(int descriptor, out int family)
    {
        byte* address = stackalloc byte[128];
        uint length = 128;
        family = 0;
        if (getsockname(descriptor, address, &length) != 0)
        {
            return Marshal.GetLastPInvokeError();
        }

        family = length >= 2 ? address[1] : 0;
        return 0;
    }

    private static string? NotAListenerMacOS(int descriptor)
    {
        int errno = FamilyMacOS(descriptor, out int family);
        if (errno != 0)
        {
            return errno == Darwin.ENOTSOCK ? "it is not a socket" : $"it cannot be asked (errno {errno})";
        }

        if (family != Darwin.AF_UNIX)
        {
            return "it is not a Unix-domain socket";
        }

        errno = SocketOption.ReadInt(SocketOption.FromKernel, descriptor, Darwin.SOL_SOCKET, Darwin.SO_TYPE, out int type);
        if (errno != 0 || type != SOCK_STREAM)
        {
            return "it is not a stream socket";
        }

        // Any value but 0 counts: BSD returns the flag's own bit.
        errno = SocketOption.ReadInt(SocketOption.FromKernel, descriptor, Darwin.SOL_SOCKET, Darwin.SO_ACCEPTCONN, out int listening);
        if (errno == 0 && listening != 0)
        {
            return null;
        }

        return IsConnected(descriptor) ? "it is a connected socket, not a listening one" : "it is not listening";
    }
}
