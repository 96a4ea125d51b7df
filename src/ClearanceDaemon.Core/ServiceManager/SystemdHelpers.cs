using System.Globalization;

namespace ClearanceDaemon.Core.ServiceManager;

/// <summary>Whether, and how, systemd runs us.</summary>
public static class SystemdHelpers
{
    /// <summary>
    /// True when systemd started this very process (SYSTEMD_EXEC_PID, systemd 248), or its journal takes our stderr. A
    /// parent's name, which others look at, is wrong behind a wrapper and in a container.
    /// </summary>
    public static bool IsSystemdService() =>
        Environment.GetEnvironmentVariable("SYSTEMD_EXEC_PID") == Environment.ProcessId.ToString(CultureInfo.InvariantCulture) || IsJournal();

    /// <summary>True when stderr is the journal: it adds the time itself and understands priorities (systemd.exec(5), JOURNAL_STREAM).</summary>
    public static bool IsJournal()
    {
        var stream = Environment.GetEnvironmentVariable("JOURNAL_STREAM");
        var separator = stream?.IndexOf(':') ?? -1;
        return OperatingSystem.IsLinux()
            && separator > 0
            && new FileInfo("/proc/self/fd/2").LinkTarget == $"socket:[{stream![(separator + 1)..]}]";
    }
}
