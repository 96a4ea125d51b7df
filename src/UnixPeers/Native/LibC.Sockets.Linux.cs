namespace UnixPeers.Native;

/// <summary>Numbers of Linux (asm-generic/socket.h, fcntl.h, errno.h), the same on every architecture .NET runs on; the one that is not,
/// SO_PEERCRED, is chosen by <see cref="PeerCredentials"/>.</summary>
internal static unsafe partial class LibC
{
    internal const int AF_UNIX = 1;
    internal const int SOCK_STREAM = 1;

    internal const int SOL_SOCKET = 1;
    internal const int SO_TYPE = 3;
    internal const int SO_ACCEPTCONN = 30;
    internal const int SO_DOMAIN = 39;
    internal const int SO_PEERGROUPS = 59;
    internal const int SO_PEERPIDFD = 77;

    internal const int F_SETFD = 2;
    internal const int FD_CLOEXEC = 1;

    internal const short POLLIN = 0x1;
    internal const short POLLNVAL = 0x20;

    internal const int EINTR = 4;
    internal const int ESRCH = 3;
    internal const int EINVAL = 22;
    internal const int ERANGE = 34;
    internal const int ENOTSOCK = 88;
    internal const int ENOPROTOOPT = 92;
    internal const int EOPNOTSUPP = 95;
}
