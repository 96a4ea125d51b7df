using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ClearanceDaemon.Core.Native;

internal readonly partial record struct FileStatus
{
    private const int DarwinStatBytes = 144;

    /// <summary>Reads macOS's <c>struct stat</c> with 64-bit inodes (sys/stat.h).</summary>
    public static FileStatus FromDarwin(ReadOnlySpan<byte> image) => new(
        Mode: MemoryMarshal.Read<ushort>(image[4..]),
        Uid: MemoryMarshal.Read<uint>(image[16..]),
        Links: MemoryMarshal.Read<ushort>(image[6..]),
        Inode: MemoryMarshal.Read<ulong>(image[8..]),
        Size: MemoryMarshal.Read<long>(image[96..]));

    private static unsafe FileStatus OfMacOS(SafeFileHandle handle)
    {
        Span<byte> image = stackalloc byte[DarwinStatBytes];
        fixed (byte* pointer = image)
        {
            var fd = (int)handle.DangerousGetHandle();
            var result = RuntimeInformation.ProcessArchitecture == Architecture.Arm64
                ? LibC.fstat(fd, pointer)
                : LibC.fstat_inode64(fd, pointer);
            if (result != 0)
            {
                throw new IOException($"fstat: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
            }
        }

        return FromDarwin(image);
    }
}
