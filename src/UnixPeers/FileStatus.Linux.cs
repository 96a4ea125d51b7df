using System.Runtime.InteropServices;
using UnixPeers.Native;

namespace UnixPeers;

internal readonly partial record struct FileStatus
{
    private const int AT_FDCWD = -100;
    private const int AT_SYMLINK_NOFOLLOW = 0x100;
    private const int AT_EMPTY_PATH = 0x1000;
    private const uint STATX_BASIC_STATS = 0x7ff;
    private const int StatxBytes = 256;

    private static FileStatus? OfLinux(string path, out int errno)
    {
        Span<byte> buffer = stackalloc byte[StatxBytes];
        errno = LibC.statx_file(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, buffer) == 0 ? 0 : Marshal.GetLastPInvokeError();
        return errno == 0 ? ParseStatx(buffer) : null;
    }

    private static FileStatus? OfLinux(int descriptor)
    {
        Span<byte> buffer = stackalloc byte[StatxBytes];
        return LibC.statx_file(descriptor, "", AT_EMPTY_PATH, STATX_BASIC_STATS, buffer) == 0 ? ParseStatx(buffer) : null;
    }

    // struct statx is the same on every architecture, in host byte order: uid at 20, mode at 28, ino at 32, dev at 136.
    internal static FileStatus ParseStatx(ReadOnlySpan<byte> statx) => new(
        ((ulong)MemoryMarshal.Read<uint>(statx[136..]) << 32) | MemoryMarshal.Read<uint>(statx[140..]),
        MemoryMarshal.Read<ulong>(statx[32..]),
        MemoryMarshal.Read<uint>(statx[20..]),
        MemoryMarshal.Read<ushort>(statx[28..]));
}
