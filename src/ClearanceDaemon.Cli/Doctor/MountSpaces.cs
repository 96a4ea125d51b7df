using System.Globalization;
using System.Text;
using UnixPeers;

namespace ClearanceDaemon.Cli.Doctor;

/// <summary>Finds the mount namespaces of the processes we may look at. Which of them is somebody else's we don't ask: we may not look at those.</summary>
internal static class MountSpaces
{
    /// <summary>Characters of a command line that are told.</summary>
    private const int CommandCharacters = 200;

    /// <summary>All but our own.</summary>
    public static IEnumerable<MountSpace> Others()
    {
        var own = FileIdentity.Of("/proc/self/ns/mnt");
        return Processes()
            .Select(static pid => (Pid: pid, Space: FileIdentity.Of(Proc(pid, "ns/mnt"))))
            .Where(process => process.Space is { } space && space != own)
            .GroupBy(static process => process.Space)
            .Select(static group => Describe([.. group.Select(static process => process.Pid)]))
            .OfType<MountSpace>();
    }

    public static MountTable? Own() => Read("/proc/self/mountinfo") is { } text ? MountTable.Parse(text) : null;

    private static IEnumerable<int> Processes() => Directory.EnumerateDirectories("/proc")
        .Select(static directory => int.TryParse(Path.GetFileName(directory.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0)
        .Where(static pid => pid > 0)
        .Order();

    /// <summary>By the first of its processes that is still there.</summary>
    private static MountSpace? Describe(int[] pids)
    {
        foreach (var pid in pids)
        {
            if (Read(Proc(pid, "mountinfo")) is { Length: > 0 } mounts)
            {
                var isAsOurs = IsSame(pid, "root/.", "/") && IsSame(pid, "ns/pid", "/proc/self/ns/pid");
                return new MountSpace(pid, Command(pid), pids.Length, MountTable.Parse(mounts), isAsOurs);
            }
        }

        return null;
    }

    private static bool IsSame(int pid, string name, string ours) => FileIdentity.Of(Proc(pid, name)) is { } theirs && theirs == FileIdentity.Of(ours);

    private static string Command(int pid)
    {
        var command = (Read(Proc(pid, "cmdline")) ?? "").TrimEnd('\0').Replace('\0', ' ');
        command = command.Length > 0 ? command : (Read(Proc(pid, "comm")) ?? "").TrimEnd('\n');
        return command.Length <= CommandCharacters ? command : command[..CommandCharacters] + "…";
    }

    private static string? Read(string file)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended, or hides.
            return null;
        }
    }

    private static string Proc(int pid, string name) => string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/{name}");
}
