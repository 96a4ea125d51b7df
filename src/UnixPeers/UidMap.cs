namespace UnixPeers;

/// <summary>Reads /proc/self/uid_map: lines of first uid inside, first uid outside, count (user_namespaces(7)).</summary>
internal static class UidMap
{
    /// <summary>Whether uid 0 of the outer namespace has a name in here. An unreadable map counts as yes: nothing extra is trusted.</summary>
    public static bool MapsRoot(ReadOnlySpan<char> map)
    {
        if (map.IsWhiteSpace())
        {
            return true;
        }

        foreach (var line in map.EnumerateLines())
        {
            var outside = Field(line, 1);
            if (outside is "0" || (outside.IsEmpty && !line.IsWhiteSpace()))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<char> Field(ReadOnlySpan<char> line, int index)
    {
        for (; ; index--)
        {
            line = line.TrimStart(' ');
            var end = line.IndexOf(' ');
            var field = end < 0 ? line : line[..end];
            if (index == 0 || end < 0)
            {
                return index == 0 ? field : default;
            }

            line = line[end..];
        }
    }
}
