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
        var items = ranges.Select(static r => r.First == r.Last ? $"{r.First}" : $"\"{r.First}-{r.Last}\"");
        return ranges.Count == 1 ? items.First() : "[" + string.Join(',', items) + "]";
    }
}
