using System.Runtime.InteropServices;

namespace ClearanceDaemon.Core.Native;

internal static partial class LibC
{
    public const int AT_EMPTY_PATH = 0x1000;
    public const uint STATX_BASIC_STATS = 0x7ff;

    [LibraryImport("libc", SetLastError = true)]
    public static partial int fdatasync(int fd);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static unsafe partial int statx(int directory, string path, int flags, uint mask, byte* buffer);

    /// <summary>asm-generic/fcntl.h; the last two differ on arm and powerpc (arch/*/include/uapi/asm/fcntl.h).</summary>
    private static class LinuxFiles
    {
        public const int Create = 0x40;
        public const int Exclusive = 0x80;
        public const int Append = 0x400;
        public const int NonBlocking = 0x800;
        public const int CloseOnExec = 0x80000;

        public static int Directory => HasOwnNumbers ? 0x4000 : 0x10000;

        public static int NoFollow => HasOwnNumbers ? 0x8000 : 0x20000;

        private static bool HasOwnNumbers => RuntimeInformation.ProcessArchitecture
            is Architecture.Arm or Architecture.Armv6 or Architecture.Arm64 or Architecture.Ppc64le;
    }
}
