namespace UnixPeers.Native;

/// <summary>Numbers of macOS (sys/socket.h, sys/un.h, sys/filio.h, sys/errno.h).</summary>
internal static unsafe partial class LibC
{
    internal static class Darwin
    {
        internal const int SOL_LOCAL = 0;
        internal const int LOCAL_PEERCRED = 0x001;
        internal const int LOCAL_PEERPID = 0x002;
        internal const int LOCAL_PEERTOKEN = 0x006;

        internal const int SOL_SOCKET = 0xffff;
        internal const int SO_ACCEPTCONN = 0x0002;
        internal const int SO_TYPE = 0x1008;
        internal const int AF_UNIX = 1;

        internal const nuint FIOCLEX = 0x20006601;

        internal const int ENOENT = 2;
        internal const int ESRCH = 3;
        internal const int EINVAL = 22;
        internal const int EALREADY = 37;
        internal const int ENOTSOCK = 38;
        internal const int ENOPROTOOPT = 42;
    }
}
