using System.Runtime.InteropServices;

namespace ClearanceDaemon.Cli.Native;

/// <summary>Calls on a terminal, on the pipe that wakes its loop, and the stop that a shell's job control expects.</summary>
internal static partial class LibC
{
    /// <summary>More than any system's struct termios; nothing here looks inside.</summary>
    internal const int TermiosBytes = 256;

    // termios.h: the change takes effect after output was sent, and what was typed but not read is thrown away. The same on both systems.
    internal const int TCSAFLUSH = 2;

    internal static readonly int SIGSTOP = OperatingSystem.IsMacOS() ? 17 : 19;
    private static readonly nuint TIOCGWINSZ = OperatingSystem.IsMacOS() ? 0x40087468u : 0x5413u;

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int tcgetattr(int fd, Span<byte> termios);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int tcsetattr(int fd, int actions, ReadOnlySpan<byte> termios);

    [LibraryImport("libc")]
    internal static partial void cfmakeraw(Span<byte> termios);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint read(int fd, Span<byte> buf, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int pipe(Span<int> fds);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    internal static partial int poll(Span<pollfd> fds, nuint nfds, int timeout);

    [LibraryImport("libc")]
    internal static partial int close(int fd);

    [LibraryImport("libc")]
    internal static partial int getppid();

    [LibraryImport("libc")]
    internal static partial int getsid(int pid);

    /// <summary>The size of the terminal; false where <paramref name="fd"/> is none or does not know.</summary>
    internal static bool TryGetWindowSize(int fd, out winsize size)
    {
        size = default;
        // Apple's arm64 passes variadic arguments on the stack, which the ninth argument is on.
        var result = OperatingSystem.IsMacOS() && RuntimeInformation.ProcessArchitecture == Architecture.Arm64
            ? ioctl_stack(fd, TIOCGWINSZ, 0, 0, 0, 0, 0, 0, ref size)
            : ioctl(fd, TIOCGWINSZ, ref size);
        return result == 0 && size is { ws_col: > 0, ws_row: > 0 };
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(int fd, nuint request, ref winsize size);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int ioctl_stack(
        int fd, nuint request, nuint unused2, nuint unused3, nuint unused4, nuint unused5, nuint unused6, nuint unused7, ref winsize size);
}
