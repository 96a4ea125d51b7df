using System.Runtime.InteropServices;
using UnixPeers.Native;

namespace UnixPeers;

internal readonly partial record struct FileStatus
{
    private const int StatBytes = 144;

    private static FileStatus? OfMacOS(string path, out int errno)
    {
        Span<byte> buffer = stackalloc byte[StatBytes];
        errno = Lstat(path, buffer) == 0 ? 0 : Marshal.GetLastPInvokeError();
        return errno == 0 ? ParseStat64(buffer) : null;
    }

    private static FileStatus? OfMacOS(int descriptor)
    {
        Span<byte> buffer = stackalloc byte[StatBytes];
        return Fstat(descriptor, buffer) == 0 ? ParseStat64(buffer) : null;
    }

    // Intel Macs keep the 32-bit inode layout under the plain name; Apple silicon never had it.
    private static int Lstat(string path, Span<byte> buffer) => RuntimeInformation.ProcessArchitecture == Architecture.X64
        ? LibC.lstat_inode64(path, buffer)
        : LibC.lstat(path, buffer);

    private static int Fstat(int descriptor, Span<byte> buffer) => RuntimeInformation.ProcessArchitecture == Architecture.X64
        ? LibC.fstat_inode64(descriptor, buffer)
        : LibC.fstat(descriptor, buffer);

    // struct stat of the 64-bit inode kind: dev int32 at 0, mode uint16 at 4, ino uint64 at 8, uid uint32 at 16.
    internal static FileStatus ParseStat64(ReadOnlySpan<byte> stat) => new(
        MemoryMarshal.Read<uint>(stat),
        MemoryMarshal.Read<ulong>(stat[8..]),
        MemoryMarshal.Read<uint>(stat[16..]),
        MemoryMarshal.Read<ushort>(stat[4..]));
}
