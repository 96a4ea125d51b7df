using static UnixPeers.Native.LibC;

namespace UnixPeers;

/// <content>launchd: launch_activate_socket(3), which may give several descriptors for one name.</content>
public static partial class InheritedSockets
{
    internal static List<InheritedSocket> TakeLaunchd(ILaunchd launchd, ReadOnlySpan<string> names)
    {
        List<InheritedSocket> sockets = [];
        string? problem = null;
        foreach (string name in names)
        {
            int errno = launchd.ActivateSocket(name, out int[] descriptors);
            if (errno is Darwin.ENOENT or Darwin.ESRCH or Darwin.EALREADY)
            {
                continue;
            }

            if (errno != 0)
            {
                problem ??= $"launchd did not hand over '{name}': errno {errno}. Look at Sockets in the agent's plist.";
                continue;
            }

            foreach (int descriptor in descriptors)
            {
                string? reason = StrayDescriptors.TryCloseOnExec(descriptor) ? TryWrap(descriptor, name, sockets) : "it is not open";
                problem ??= reason is null ? null : Describe(descriptor, name, reason);
            }
        }

        return problem is null ? sockets : throw new InheritedSocketException(problem, sockets);
    }
}
