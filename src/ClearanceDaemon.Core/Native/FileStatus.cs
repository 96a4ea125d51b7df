using Microsoft.Win32.SafeHandles;

namespace ClearanceDaemon.Core.Native;

/// <summary>What an open file is and whose, as the kernel tells of the handle (never of a path that may change meanwhile).</summary>
internal readonly partial record struct FileStatus(uint Mode, uint Uid, ulong Links, ulong Inode, long Size)
{
    /// <summary>Mode 0600, all that a file of state may have.</summary>
    public const uint PrivateFile = 0x180;

    /// <summary>The bits that let anyone but the owner in.</summary>
    public const uint OthersMask = 0x3f;

    private const uint TypeMask = 0xf000;

    public bool IsRegular => (Mode & TypeMask) == 0x8000;

    public bool IsDirectory => (Mode & TypeMask) == 0x4000;

    /// <summary>The twelve permission bits.</summary>
    public uint Permissions => Mode & 0xfff;

    /// <exception cref="IOException">The handle cannot be asked.</exception>
    public static FileStatus Of(SafeFileHandle handle) => OperatingSystem.IsMacOS() ? OfMacOS(handle) : OfLinux(handle);
}
