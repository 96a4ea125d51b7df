using System.Globalization;
using System.Text;

namespace ClearanceDaemon.Cli.Doctor;

/// <summary>The mounts of one namespace, and which of them a path leads to.</summary>
internal sealed class MountTable(List<MountEntry> mounts)
{
    private const int FewestFields = 10;

    // More than any walk down a path takes; a table that goes in circles ends here.
    private const int MostSteps = 4096;

    public static MountTable Parse(string mountinfo)
    {
        var mounts = new List<MountEntry>();

        // Names are escaped but for a carriage return, so lines end with the line feed alone.
        foreach (var line in mountinfo.Split('\n'))
        {
            if (Entry(line.Split(' ')) is { } mount)
            {
                mounts.Add(mount);
            }
        }

        return new MountTable(mounts);
    }

    /// <summary>The file system and the path in it that a path leads to here; null when nothing is mounted at all.</summary>
    public (string Device, string Path)? Locate(string path) =>
        At(path) is { } mount ? (mount.Device, Join(mount.Root, path[Length(mount.Point)..])) : null;

    /// <summary>Where in this namespace a path of a file system can be reached, and whether it is writable there.</summary>
    public IEnumerable<(string Path, bool IsWritable)> Find(string device, string path)
    {
        foreach (var mount in mounts)
        {
            if (mount.Device == device && IsUnder(path, mount.Root) && Join(mount.Point, path[Length(mount.Root)..]) is var seen && At(seen) == mount)
            {
                yield return (seen, mount.IsWritable);
            }
        }
    }

    /// <summary>Walks as the kernel does: from the root, into each mount that stands on the way, later ones over earlier ones.</summary>
    private MountEntry? At(string path)
    {
        var current = mounts.Find(mount => mount.Point == "/" && !mounts.Exists(other => other.Id == mount.Parent && other != mount));
        for (var steps = 0; current is not null && steps < MostSteps; steps++)
        {
            var here = current;
            var next = mounts.Where(mount => mount.Parent == here.Id && mount != here && IsUnder(path, mount.Point)).MinBy(static mount => mount.Point.Length);
            if (next is null)
            {
                return current;
            }

            current = next;
        }

        return current;
    }

    private static MountEntry? Entry(string[] fields)
    {
        var separator = Array.IndexOf(fields, "-");
        return fields.Length >= FewestFields && separator > 0 && separator + 3 < fields.Length
            && int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var parent)
                ? new MountEntry(id, parent, fields[2], Unescape(fields[3]), Unescape(fields[4]), IsWritable(fields[5]) && IsWritable(fields[separator + 3]))
                : null;
    }

    private static bool IsWritable(string options) => options == "rw" || options.StartsWith("rw,", StringComparison.Ordinal);

    private static bool IsUnder(string path, string directory) =>
        directory == "/" || (path.StartsWith(directory, StringComparison.Ordinal) && (path.Length == directory.Length || path[directory.Length] == '/'));

    /// <summary>What of a path a prefix takes away: the root directory is no more than the slash that follows it.</summary>
    private static int Length(string directory) => directory == "/" ? 0 : directory.Length;

    private static string Join(string directory, string rest) => rest.Length == 0 || rest == "/" ? directory : directory == "/" ? rest : directory + rest;

    /// <summary>Blanks, tabs, line feeds, backslashes and # stand as three octal digits.</summary>
    private static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 3 < text.Length && text.AsSpan(i + 1, 3).IndexOfAnyExceptInRange('0', '7') < 0)
            {
                plain.Append((char)Convert.ToInt32(text.Substring(i + 1, 3), 8));
                i += 3;
            }
            else
            {
                plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }
}
