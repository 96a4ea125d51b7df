using System.Globalization;
using System.Text;

namespace ClearanceDaemon.Tests.HandlersMode;

/// <summary>What is left of a test's programs: by a variable that they and all that came of them have, and that no other process has.</summary>
internal static class Descendants
{
    public static List<string> WithMarker(string marker)
    {
        var found = new List<string>();
        foreach (var directory in Directory.GetDirectories("/proc").Where(static path => char.IsAsciiDigit(path[6])))
        {
            if (Path.GetFileName(directory) != Environment.ProcessId.ToString(CultureInfo.InvariantCulture) && Read(directory + "/environ").Contains(marker, StringComparison.Ordinal))
            {
                found.Add($"{directory}: {Read(directory + "/cmdline").Replace('\0', ' ')}");
            }
        }

        return found;
    }

    /// <summary>Zombies whose parent is this process: what was killed and not reaped.</summary>
    public static List<string> Zombies() =>
    [
        .. Directory.GetDirectories("/proc").Where(static path => char.IsAsciiDigit(path[6])).Select(static path => Read(path + "/stat"))
            .Where(static stat => stat.LastIndexOf(')') is var end and > 0
                && stat[(end + 2)..].Split(' ') is [var state, var parent, ..] && state == "Z" && parent == Environment.ProcessId.ToString(CultureInfo.InvariantCulture)),
    ];

    public static int OpenDescriptors() => Directory.GetFileSystemEntries("/proc/self/fd").Length;

    private static string Read(string path)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
