using System.Text;

namespace UnixPeers;

/// <summary>Parses /proc/PID/cgroup (cgroups(7)): lines of <c>hierarchy:controllers:path</c>. Systemd's own version 1 hierarchy counts
/// where there is one, else version 2.</summary>
internal readonly record struct ProcCGroup(string Path, string? Unit, string? Container)
{
    /// <returns>null where neither hierarchy is there.</returns>
    internal static ProcCGroup? Parse(ReadOnlySpan<byte> text)
    {
        ProcCGroup? unified = null;
        while (text.Length > 0)
        {
            int end = text.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? text : text[..end];
            text = end < 0 ? [] : text[(end + 1)..];
            int first = line.IndexOf((byte)':');
            int length = first < 0 ? -1 : line[(first + 1)..].IndexOf((byte)':');
            if (length < 0)
            {
                continue;
            }

            ReadOnlySpan<byte> controllers = line.Slice(first + 1, length);
            ReadOnlySpan<byte> path = line[(first + length + 2)..];
            if (controllers.SequenceEqual("name=systemd"u8))
            {
                return Of(path);
            }

            if (length == 0 && line[..first].SequenceEqual("0"u8))
            {
                unified = Of(path);
            }
        }

        return unified;
    }

    private static ProcCGroup Of(ReadOnlySpan<byte> path)
    {
        // A removed group has no unit any more, and its parents' are not it.
        string text = Encoding.UTF8.GetString(path);
        return path.EndsWith(" (deleted)"u8) ? new ProcCGroup(text, null, null) : new ProcCGroup(text, LastUnit(path), ContainerName.InnermostOf(path));
    }

    private static string? LastUnit(ReadOnlySpan<byte> path)
    {
        while (path.Length > 0)
        {
            int slash = path.LastIndexOf((byte)'/');
            ReadOnlySpan<byte> component = path[(slash + 1)..];
            if (component.EndsWith(".service"u8) || component.EndsWith(".scope"u8))
            {
                // Systemd puts an underscore before names that the kernel would take for files of its own.
                return Encoding.UTF8.GetString(component[0] == (byte)'_' ? component[1..] : component);
            }

            path = slash < 0 ? [] : path[..slash];
        }

        return null;
    }
}
