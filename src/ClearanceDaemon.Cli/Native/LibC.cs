using System.Runtime.InteropServices;

namespace ClearanceDaemon.Cli.Native;

/// <summary>The few calls of the C library that the command line needs itself.</summary>
internal static partial class LibC
{
    [LibraryImport("libc")]
    internal static partial uint geteuid();

    [LibraryImport("libc")]
    internal static partial int isatty(int fd);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint write(int fd, ReadOnlySpan<byte> buf, nuint count);

    // nfds_t is 64 bits wide on Linux and 32 on macOS; a small value fits the register either way.
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int poll(ref pollfd fds, nuint nfds, int timeout);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int access(string path, int mode);

    /// <summary>Replaces this program; returns only when that failed. <paramref name="argv"/> ends with a null.</summary>
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int execv(string path, string?[] argv);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int kill(int pid, int sig);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint signal(int signum, nint handler);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int dup2(int oldfd, int newfd);

    internal const int X_OK = 1;
    internal const int SIGINT = 2;
    internal const int SIGPIPE = 13;
    internal const nint SIG_DFL = 0;
}
