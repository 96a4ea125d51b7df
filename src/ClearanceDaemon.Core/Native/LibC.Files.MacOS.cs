using System.Runtime.InteropServices;

namespace ClearanceDaemon.Core.Native;

internal static partial class LibC
{
    /// <summary>
    /// <c>openat</c> is variadic, and Apple's arm64 convention passes variadic arguments on the stack: six unused
    /// register arguments push the mode there. On x86-64, where it would go into a register, the short form is right.
    /// </summary>
    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int openat_arm64(int directory, string name, int flags, nint x3, nint x4, nint x5, nint x6, nint x7, uint mode);

    [LibraryImport("libc", EntryPoint = "fstat$INODE64", SetLastError = true)]
    public static unsafe partial int fstat_inode64(int fd, byte* buffer);

    [LibraryImport("libc", SetLastError = true)]
    public static unsafe partial int fstat(int fd, byte* buffer);

    /// <summary>sys/fcntl.h of macOS.</summary>
    private static class MacFiles
    {
        public const int NonBlocking = 0x4;
        public const int Append = 0x8;
        public const int NoFollow = 0x100;
        public const int Create = 0x200;
        public const int Exclusive = 0x800;
        public const int Directory = 0x100000;
        public const int CloseOnExec = 0x1000000;
    }
}
