namespace UnixPeers.Native;

/// <summary>Numbers of Linux for statx(2), close_range(2), pidfd_open(2) and pidfs.</summary>
internal static unsafe partial class LibC
{
    internal const int AT_FDCWD = -100;
    internal const int AT_EMPTY_PATH = 0x1000;
    internal const int AT_STATX_DONT_SYNC = 0x4000;
    internal const uint STATX_INO = 0x100;

    internal const uint CLOSE_RANGE_CLOEXEC = 4;

    // linux/magic.h: the file system of pidfds since Linux 6.9; before it they are anonymous inodes that share one number.
    internal const uint PID_FS_MAGIC = 0x50494446;

    private const nint SYS_pidfd_open = 434;
    private const nint SYS_close_range = 436;

    // Linux 5.3; the descriptor is close-on-exec.
    internal static int pidfd_open(int pid, uint flags) => (int)syscall2(SYS_pidfd_open, pid, flags);

    internal static int close_range(uint first, uint last, uint flags) => (int)syscall3(SYS_close_range, first, last, flags);
}
