using System.Globalization;

namespace UnixPeers;

/// <summary>The namespaces that a process is in (namespaces(7)), each by the file that stands for it. Two processes share one exactly when
/// the files are equal. Compares by value.</summary>
/// <param name="User">/proc/PID/ns/user (Linux 3.8): what its uid means.</param>
/// <param name="Pid">/proc/PID/ns/pid (Linux 3.8): which processes it sees. The one it is in, not the one its children get.</param>
/// <param name="Mount">/proc/PID/ns/mnt (Linux 3.8): which files it sees.</param>
public sealed record ProcessNamespaces(FileIdentity User, FileIdentity Pid, FileIdentity Mount)
{
    /// <summary>Our own. May block: reads /proc.</summary>
    /// <returns>null where /proc does not show them, and on macOS, which has none.</returns>
    public static ProcessNamespaces? Own() => Of("self");

    /// <returns>null where one of them is hidden: another user's process, or one that is not dumpable (prctl(2)).</returns>
    internal static ProcessNamespaces? Of(int pid) => Of(pid.ToString(CultureInfo.InvariantCulture));

    private static ProcessNamespaces? Of(string process) =>
        FileIdentity.Of($"/proc/{process}/ns/user") is { } user
        && FileIdentity.Of($"/proc/{process}/ns/pid") is { } pid
        && FileIdentity.Of($"/proc/{process}/ns/mnt") is { } mount
            ? new ProcessNamespaces(user, pid, mount)
            : null;
}
