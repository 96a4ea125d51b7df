using System.Runtime.InteropServices;
using System.Text;
using UnixPeers.Native;

namespace UnixPeers;

/// <summary>A file by what it is instead of how it is called.</summary>
/// <param name="Device">The device, as <c>stat</c> prints it (%d).</param>
/// <param name="Inode">The inode number.</param>
public readonly record struct FileIdentity(ulong Device, ulong Inode)
{
    // Offsets of struct statx, one layout on every architecture (statx(2)).
    private const int StatxSize = 256;
    private const int MaskOffset = 0;
    private const int InodeOffset = 32;
    private const int DeviceMajorOffset = 136;
    private const int DeviceMinorOffset = 140;

    /// <summary>The file at a path; follows links, also those of /proc. Asks no server of a network or FUSE mount for fresh values (statx
    /// with AT_STATX_DONT_SYNC), so it returns when the mount has stopped answering, as long as the path itself needs no look-up
    /// there.</summary>
    /// <param name="path">Any path.</param>
    /// <returns>null where there is no file, we may not see it, or the system is not Linux.</returns>
    public static unsafe FileIdentity? Of(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!OperatingSystem.IsLinux() || path.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(path) + 1];
        Encoding.UTF8.GetBytes(path, bytes);
        fixed (byte* text = bytes)
        {
            return Read(LibC.AT_FDCWD, text, LibC.AT_STATX_DONT_SYNC);
        }
    }

    internal static unsafe FileIdentity? OfDescriptor(int descriptor)
    {
        byte empty = 0;
        return Read(descriptor, &empty, LibC.AT_STATX_DONT_SYNC | LibC.AT_EMPTY_PATH);
    }

    private static unsafe FileIdentity? Read(int directory, byte* path, int flags)
    {
        byte* buffer = stackalloc byte[StatxSize];
        if (LibC.statx(directory, path, flags, LibC.STATX_INO, buffer) != 0)
        {
            return null;
        }

        ReadOnlySpan<byte> fields = new(buffer, StatxSize);
        return (MemoryMarshal.Read<uint>(fields[MaskOffset..]) & LibC.STATX_INO) == 0
            ? null
            : new FileIdentity(
                MakeDevice(MemoryMarshal.Read<uint>(fields[DeviceMajorOffset..]), MemoryMarshal.Read<uint>(fields[DeviceMinorOffset..])),
                MemoryMarshal.Read<ulong>(fields[InodeOffset..]));
    }

    // The C library's packing (makedev(3)), so that values compare with those of stat.
    private static ulong MakeDevice(ulong major, ulong minor) =>
        ((major & 0xfffff000UL) << 32) | ((major & 0xfffUL) << 8) | ((minor & 0xffffff00UL) << 12) | (minor & 0xffUL);
}
