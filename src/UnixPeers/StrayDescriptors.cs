using System.Globalization;
using static UnixPeers.Native.LibC;

namespace UnixPeers;

/// <summary>Descriptors that whoever started us left open: kept from children by closing them on exec.</summary>
public static class StrayDescriptors
{
    /// <summary>Marks every open descriptor from a number on close-on-exec: close_range(2) (Linux 5.11), else by the list in
    /// /proc/self/fd or /dev/fd.</summary>
    /// <param name="first">The lowest number; 3 leaves standard input, output and error alone.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="first"/> is negative.</exception>
    /// <exception cref="IOException">Neither way is there, so children would inherit what is open.</exception>
    public static void CloseOnExec(int first)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        if (!OperatingSystem.IsLinux() || close_range((uint)first, uint.MaxValue, CLOSE_RANGE_CLOEXEC) != 0)
        {
            CloseListedOnExec(first);
        }
    }

    internal static void CloseListedOnExec(int first)
    {
        string list = OperatingSystem.IsLinux() ? "/proc/self/fd" : "/dev/fd";
        foreach (string path in Directory.GetFileSystemEntries(list))
        {
            // The list's own descriptor is among them and closed by now.
            ReadOnlySpan<char> name = Path.GetFileName(path.AsSpan());
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int descriptor) && descriptor >= first)
            {
                _ = TryCloseOnExec(descriptor);
            }
        }
    }

    /// <returns>false when it is not open.</returns>
    internal static bool TryCloseOnExec(int descriptor) =>
        OperatingSystem.IsMacOS() ? ioctl(descriptor, Darwin.FIOCLEX) == 0 : fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0;
}
