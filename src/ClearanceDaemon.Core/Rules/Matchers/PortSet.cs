namespace ClearanceDaemon.Core.Rules.Matchers;

/// <summary>The ports a rule means: numbers and ranges.</summary>
internal sealed class PortSet(IReadOnlyList<(ushort First, ushort Last)> ranges)
{
    public bool Contains(int port)
    {
        for (var i = 0; i < ranges.Count; i++)
        {
            if (port >= ranges[i].First && port <= ranges[i].Last)
            {
                return true;
            }
        }

        return false;
    }

    public string Describe()
    {
        var items = new List<string>();
        foreach (var (first, last) in ranges)
        {
            items.Add(first == last ? $"{first}" : $"\"{first}-{last}\"");
        }

        return items.Count == 1 ? items[0] : "[" + string.Join(',', items) + "]";
    }
}
