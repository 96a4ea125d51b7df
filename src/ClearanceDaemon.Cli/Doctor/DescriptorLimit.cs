using System.Globalization;

namespace ClearanceDaemon.Cli.Doctor;

/// <summary>The limit on open files of a process, and whether it is why the daemon takes fewer connections than it was set to.</summary>
internal static class DescriptorLimit
{
    private const string Heading = "Max open files";

    /// <summary>As the daemon shares them out: so many for itself, and of four one is kept free.</summary>
    private const long Own = 64;
    private const long Share = 4;

    /// <summary>The soft limit in /proc/PID/limits (proc_pid_limits(5)); null when it has none.</summary>
    public static long? Parse(string limits)
    {
        var line = limits.Split('\n').FirstOrDefault(static line => line.StartsWith(Heading, StringComparison.Ordinal));
        return line is not null && line[Heading.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var soft, ..]
            && long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
                ? limit
                : null;
    }

    /// <summary>Whether the connections in force are all that so many descriptors have room for.</summary>
    public static bool Lowers(long limit, long askers, long operators) => askers > 0 && askers + operators >= (limit - Own) / Share * (Share - 1);
}
