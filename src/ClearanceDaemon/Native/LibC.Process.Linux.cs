using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace ClearanceDaemon.Native;

/// <summary>Numbers and calls of Linux for processes.</summary>
internal static unsafe partial class LibC
{
    /// <summary>Numbers that macOS spells differently, or does not have.</summary>
    public static class LinuxProcess
    {
        public const int SIGCHLD = 17;
        public const int WNOWAIT = 0x1000000;
        public const int PR_SET_CHILD_SUBREAPER = 36;
        public const int O_CLOEXEC = 0x80000;

        /// <summary>Where waitid(2) puts si_status in siginfo_t: after three ints and, on 64-bit systems, their padding, pid and uid.</summary>
        public static readonly int StatusOffset = IntPtr.Size == 8 ? 24 : 20;
    }

    private const nint SYS_pidfd_send_signal = 424;
    private const nint SYS_pidfd_open = 434;

    [SupportedOSPlatform("linux")]
    [LibraryImport("libc", SetLastError = true)]
    public static partial int pipe2(int* fds, int flags);

    // By number: the wrappers came with glibc 2.36, the calls with Linux 5.3 and 5.1, under one number on all architectures.
    [SupportedOSPlatform("linux")]
    public static int pidfd_open(int pid) => (int)syscall4(SYS_pidfd_open, pid, 0, 0, 0);

    [SupportedOSPlatform("linux")]
    public static int pidfd_send_signal(int pidfd, int signal) => (int)syscall4(SYS_pidfd_send_signal, pidfd, signal, 0, 0);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint syscall4(nint number, nint first, nint second, nint third, nint fourth);
}
