using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ClearanceDaemon.Core.Native;

internal readonly partial record struct FileStatus
{
    private const int StatxBytes = 256;

    /// <summary>Reads <c>struct statx</c> (linux/stat.h), whose layout is the same on every architecture.</summary>
    public static FileStatus FromStatx(ReadOnlySpan<byte> image) => new(
        Mode: MemoryMarshal.Read<ushort>(image[28..]),
        Uid: MemoryMarshal.Read<uint>(image[20..]),
        Links: MemoryMarshal.Read<uint>(image[16..]),
        Inode: MemoryMarshal.Read<ulong>(image[32..]),
        Size: MemoryMarshal.Read<long>(image[40..]));

    private static unsafe FileStatus OfLinux(SafeFileHandle handle)
    {
        Span<byte> image = stackalloc byte[StatxBytes];
        fixed (byte* pointer = image)
        {
            if (LibC.statx((int)handle.DangerousGetHandle(), string.Empty, LibC.AT_EMPTY_PATH, LibC.STATX_BASIC_STATS, pointer) != 0)
            {
                throw new IOException($"statx: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
            }
        }

        return FromStatx(image);
    }
}
