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
        var others = new List<Space>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && FileIdentity.Of(Proc(pid, "ns/mnt")) is { } identity && identity != own)
            {
                PidsOf(identity, others).Add(pid);
            }
        }

        return others.Select(static space => Describe(space.Pids)).OfType<MountSpace>();
    }

    public static MountTable? Own() => Read("/proc/self/mountinfo") is { } text ? MountTable.Parse(text) : null;

    private static List<int> PidsOf(FileIdentity identity, List<Space> spaces)
    {
        var space = spaces.Find(space => space.Identity == identity);
        if (space is null)
        {
            space = new Space(identity);
            spaces.Add(space);
        }

        return space.Pids;
    }

    /// <summary>By the first of its processes that is still there.</summary>
    private static MountSpace? Describe(List<int> pids)
    {
        pids.Sort();
        foreach (var pid in pids)
        {
            if (Read(Proc(pid, "mountinfo")) is { Length: > 0 } mounts)
            {
                var isAsOurs = IsSame(pid, "root/.", "/") && IsSame(pid, "ns/pid", "/proc/self/ns/pid");
                return new MountSpace(pid, Command(pid), pids.Count, MountTable.Parse(mounts), isAsOurs);
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

    private sealed class Space(FileIdentity identity)
    {
        public FileIdentity Identity => identity;

        public List<int> Pids { get; } = [];
    }
}
