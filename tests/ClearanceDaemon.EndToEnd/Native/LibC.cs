using System.Runtime.InteropServices;

namespace ClearanceDaemon.EndToEnd.Native;

/// <summary>The few system calls the tests make themselves, under the kernel's names.</summary>
internal static partial class LibC
{
    public const int SIGHUP = 1;
    public const int SIGKILL = 9;
    public const int SIGTERM = 15;
    public const int SIGSTOP = 19;
    public const int AT_FDCWD = -100;
    public const int AT_SYMLINK_NOFOLLOW = 0x100;
    public const uint STATX_BASIC_STATS = 0x7ff;

    [LibraryImport("libc", SetLastError = true)]
    public static partial int kill(int pid, int sig);

    [LibraryImport("libc")]
    public static partial uint geteuid();

    /// <summary><paramref name="buffer"/> is a <c>struct statx</c> of 256 bytes, laid out alike on every architecture.</summary>
    [LibraryImport("libc", SetLastError = true)]
    public static partial int statx(int dirfd, ReadOnlySpan<byte> path, int flags, uint mask, Span<byte> buffer);
}
