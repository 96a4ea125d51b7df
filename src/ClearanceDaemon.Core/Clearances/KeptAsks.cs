using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>
/// Asks with a key that have their verdict: whoever knows the key may still fetch it until the ask's deadline. Bounded;
/// the oldest go first. They live in memory alone: a restart of the daemon forgets them.
/// </summary>
internal sealed class KeptAsks(int most)
{
    private readonly PendingIndex _asks = new();

    public void Add(PendingAsk decided)
    {
        if (_asks.Count == most)
        {
            _asks.Remove(_asks.All[0]);
        }

        _asks.Add(decided);
    }

    public PendingAsk? ById(RequestId id) => Fresh(_asks.ById(id));

    public PendingAsk? ByKey(string key, string via) => Fresh(_asks.ByKey(key, via));

    private PendingAsk? Fresh(PendingAsk? kept)
    {
        if (kept is null || !kept.Deadline.IsPast)
        {
            return kept;
        }

        _asks.Remove(kept);
        return null;
    }
}
