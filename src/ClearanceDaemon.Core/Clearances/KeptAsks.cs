using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>
/// Asks with a key that have their verdict: whoever knows the key may still fetch it until the ask's deadline. Bounded;
/// the oldest go first. They live in memory alone: a restart of the daemon forgets them.
/// </summary>
internal sealed class KeptAsks(int most, long bytes)
{
    private PendingIndex _asks = new();

    public int Count => _asks.Count;

    public void Add(PendingAsk decided)
    {
        while (_asks.Count > 0 && (_asks.Count >= most || _asks.Bytes + decided.Ask.Bytes > bytes || _asks.All[0].Deadline.IsPast))
        {
            _asks.Remove(_asks.All[0]);
        }

        // Its key may have been used before, by an ask whose end was not yet on record when this one came.
        if (_asks.ByKey(decided.Key!, decided.Via) is { } earlier)
        {
            _asks.Remove(earlier);
        }

        _asks.Add(decided);
    }

    public void Clear() => _asks = new();

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
