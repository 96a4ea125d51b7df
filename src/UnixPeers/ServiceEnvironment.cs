using System.Globalization;

namespace UnixPeers;

/// <summary>What the service manager told about notification and watchdog (sd_notify(3), sd_watchdog_enabled(3)), as it was before it was
/// removed from the environment: a child that inherits it could speak, or be waited for, in our name.</summary>
/// <param name="NotifySocket">NOTIFY_SOCKET: a path, or a name that starts with <c>@</c>.</param>
/// <param name="WatchdogUsec">WATCHDOG_USEC, microseconds in decimal.</param>
/// <param name="WatchdogPid">WATCHDOG_PID, the process the watchdog is for.</param>
public sealed record ServiceEnvironment(string? NotifySocket, string? WatchdogUsec, string? WatchdogPid)
{
    /// <summary>How often at least this process must notify; null where there is no watchdog, or it is another process's.</summary>
    public TimeSpan? WatchdogTimeout => WatchdogTimeoutFor(Environment.ProcessId);

    /// <summary>Reads NOTIFY_SOCKET and WATCHDOG_* and removes them from the process environment, .NET's copy and the C library's.
    /// Call once, before other threads read the environment.</summary>
    /// <returns>The values; a second call has none.</returns>
    public static ServiceEnvironment Take() => Take(new ProcessEnvironment());

    internal static ServiceEnvironment Take(IServiceEnvironment environment)
    {
        ServiceEnvironment taken = new(
            environment.Get("NOTIFY_SOCKET"), environment.Get("WATCHDOG_USEC"), environment.Get("WATCHDOG_PID"));
        environment.Remove("NOTIFY_SOCKET");
        RemoveAll(environment, "WATCHDOG_");
        return taken;
    }

    internal static void RemoveAll(IServiceEnvironment environment, string prefix)
    {
        foreach (string name in environment.Names)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                environment.Remove(name);
            }
        }
    }

    internal TimeSpan? WatchdogTimeoutFor(int pid)
    {
        bool ours = WatchdogPid is null || WatchdogPid == pid.ToString(CultureInfo.InvariantCulture);
        return ours && long.TryParse(WatchdogUsec, NumberStyles.None, CultureInfo.InvariantCulture, out long microseconds)
            && microseconds > 0 && microseconds <= TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerMicrosecond
                ? TimeSpan.FromMicroseconds(microseconds)
                : null;
    }
}
