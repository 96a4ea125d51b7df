using System.Runtime.InteropServices;

namespace ClearanceDaemon.Core.Native;

/// <summary>The file calls of the C library that .NET offers no equal of: relative to a directory handle, never following a link.</summary>
internal static partial class LibC
{
    public const int O_RDONLY = 0;
    public const int O_WRONLY = 1;

    public const int ENOENT = 2;
    public const int EINTR = 4;
    public const int EIO = 5;
    public const int ENOMEM = 12;

    /// <summary>sys/file.h of both systems.</summary>
    public const int LOCK_EX = 2;
    public const int LOCK_NB = 4;
    public const int LOCK_UN = 8;

    /// <summary>25 on Linux (but for MIPS and PA-RISC, which .NET does not run on) and on macOS.</summary>
    public const int SIGXFSZ = 25;
    public const nint SIG_IGN = 1;

    public static int O_APPEND => OperatingSystem.IsMacOS() ? MacFiles.Append : LinuxFiles.Append;

    public static int O_CREAT => OperatingSystem.IsMacOS() ? MacFiles.Create : LinuxFiles.Create;

    public static int O_EXCL => OperatingSystem.IsMacOS() ? MacFiles.Exclusive : LinuxFiles.Exclusive;

    public static int O_NONBLOCK => OperatingSystem.IsMacOS() ? MacFiles.NonBlocking : LinuxFiles.NonBlocking;

    public static int O_CLOEXEC => OperatingSystem.IsMacOS() ? MacFiles.CloseOnExec : LinuxFiles.CloseOnExec;

    public static int O_NOFOLLOW => OperatingSystem.IsMacOS() ? MacFiles.NoFollow : LinuxFiles.NoFollow;

    public static int O_DIRECTORY => OperatingSystem.IsMacOS() ? MacFiles.Directory : LinuxFiles.Directory;

    [LibraryImport("libc")]
    public static partial uint geteuid();

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int openat(int directory, string name, int flags, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    public static unsafe partial nint write(int fd, byte* bytes, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int ftruncate(int fd, long length);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int fsync(int fd);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int flock(int fd, int operation);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint signal(int number, nint handler);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int unlinkat(int directory, string name, int flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int renameat(int fromDirectory, string from, int toDirectory, string to);
}
