using System.Globalization;
using UnixPeers.Native;

namespace UnixPeers;

/// <summary>
/// Whose files may be relied on: our own and root's. In a user namespace where the outer root has no name, its files
/// show the overflow uid, which every other unnamed user shares.
/// </summary>
internal sealed record Owners(uint Self, uint? OverflowRoot)
{
    private const uint Root = 0;

    public static Owners Current() => new(LibC.geteuid(), OperatingSystem.IsLinux() ? NamespaceOverflow() : null);

    public bool IsSelf(FileStatus file) => file.Uid == Self;

    /// <summary>Whether root made the file, given the directory it is in: where others can write, an overflow uid may be anyone's.</summary>
    public bool IsRoot(FileStatus file, FileStatus directory) =>
        file.Uid == Root || (file.Uid == OverflowRoot && !directory.IsWritableByOthers);

    /// <summary>Whether the uid is root's or stands for it, for a directory whose place was already checked.</summary>
    public bool IsRootUid(uint uid) => uid == Root || uid == OverflowRoot;

    private static uint? NamespaceOverflow()
    {
        try
        {
            return UidMap.MapsRoot(File.ReadAllText("/proc/self/uid_map"))
                ? null
                : uint.Parse(File.ReadAllText("/proc/sys/kernel/overflowuid"), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
