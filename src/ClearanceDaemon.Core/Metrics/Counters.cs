namespace ClearanceDaemon.Core.Metrics;

/// <summary>What happened since the start, for <c>daemon.status</c>. Written by the reactor's thread; others may read a little late.</summary>
internal sealed class Counters
{
    private readonly long[] _values = new long[Enum.GetValues<Counter>().Length];

    public void Add(Counter counter, long count = 1) => _values[(int)counter] += count;

    public long Read(Counter counter) => Volatile.Read(ref _values[(int)counter]);

    /// <summary>All of them, by the names that <c>daemon.status</c> uses.</summary>
    public Dictionary<string, long> ReadAll()
    {
        var all = new Dictionary<string, long>();
        foreach (var counter in Enum.GetValues<Counter>())
        {
            var name = counter.ToString();
            all[char.ToLowerInvariant(name[0]) + name[1..]] = Read(counter);
        }

        return all;
    }
}
