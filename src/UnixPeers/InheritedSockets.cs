namespace UnixPeers;

/// <summary>Takes over the listening sockets a service manager made: systemd's (sd_listen_fds(3)) on Linux, launchd's on macOS.</summary>
public static partial class InheritedSockets
{
    /// <summary>Takes the sockets, close-on-exec at once, and removes LISTEN_* from the environment. Blocking mode is left alone: it
    /// belongs to the description the manager holds too. Call once, before other threads start children.</summary>
    /// <param name="launchdNames">(macOS) the keys of Sockets in the plist; systemd names its own.</param>
    /// <returns>The sockets, the caller's to dispose; none when this process was not activated, or they were taken before.</returns>
    /// <exception cref="InheritedSocketException">What was handed over is malformed or no listening Unix stream socket.</exception>
    public static IReadOnlyList<InheritedSocket> Take(params ReadOnlySpan<string> launchdNames)
    {
        if (OperatingSystem.IsMacOS())
        {
            return TakeLaunchd(new Launchd(), launchdNames);
        }

        return TakeSystemd(new ProcessEnvironment(), Environment.ProcessId, FirstDescriptor);
    }
}
