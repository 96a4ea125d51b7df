using System.Runtime.InteropServices;

namespace UnixPeers.Tests.Native;

/// <summary>Calls only tests need.</summary>
internal static unsafe partial class TestLibC
{
    internal const int F_GETFD = 1;
    internal const int F_GETFL = 3;
    internal const int O_NONBLOCK = 0x800;

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int dup2(int oldfd, int newfd);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int fcntl(int fd, int cmd);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int close(int fd);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int socketpair(int domain, int type, int protocol, int* sv);

    [LibraryImport("libc")]
    internal static partial int gettid();

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint getenv(string name);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int setenv(string name, string value, int overwrite);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int chmod(string path, uint mode);
}
