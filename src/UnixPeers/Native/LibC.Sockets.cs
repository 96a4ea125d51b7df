using System.Runtime.InteropServices;

namespace UnixPeers.Native;

/// <summary>Calls on sockets and descriptors, by their names in the C library (and in Tmds.LibC).</summary>
internal static unsafe partial class LibC
{
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int getsockopt(int sockfd, int level, int optname, void* optval, uint* optlen);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int getsockname(int sockfd, void* addr, uint* addrlen);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int getpeername(int sockfd, void* addr, uint* addrlen);

    // The variadic prototype is called with its two fixed arguments only (or with one int, which Linux passes alike);
    // Apple's arm64 passes variadic arguments on the stack, so F_SETFD has a call of its own there: ioctl(FIOCLEX), which takes none.
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int fcntl(int fd, int cmd, int arg);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int ioctl(int fd, nuint request);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int poll(pollfd* fds, nuint nfds, int timeout);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int close(int fd);
}
