using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Notifications;

/// <summary>Which asks wait, which of them are shown, and which were: at most so many at a time, the oldest first, each one once.</summary>
internal sealed class AskBoard(int maxOpen)
{
    private readonly LinkedList<PendingItem> _line = new();
    private readonly Dictionary<string, LinkedListNode<PendingItem>> _waiting = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private readonly HashSet<string> _handled = new(StringComparer.Ordinal);
    private HashSet<string>? _snapshot;

    /// <summary>Asks that were not shown yet.</summary>
    public int Waiting => _waiting.Count;

    public void Asked(PendingItem item)
    {
        _snapshot?.Add(item.Id);
        if (!_waiting.ContainsKey(item.Id) && !_open.Contains(item.Id) && !_handled.Contains(item.Id))
        {
            _waiting.Add(item.Id, _line.AddLast(item));
        }
    }

    /// <summary>The ask needs no answer any more.</summary>
    public void Ended(string id)
    {
        if (_waiting.Remove(id, out var node))
        {
            _line.Remove(node);
        }

        _open.Remove(id);
        _handled.Remove(id);
    }

    /// <summary>The next ask there is room for, which then counts as shown; null where there is none.</summary>
    public PendingItem? Open()
    {
        if (_open.Count == maxOpen || _line.First is not { Value: var item } first)
        {
            return null;
        }

        _line.Remove(first);
        _waiting.Remove(item.Id);
        _open.Add(item.Id);
        return item;
    }

    /// <summary>The ask's notice is gone; it is not shown again.</summary>
    public void Handled(string id)
    {
        if (_open.Remove(id))
        {
            _handled.Add(id);
        }
    }

    /// <summary>The ask's notice was never seen: it waits again.</summary>
    public void NotShown(PendingItem item)
    {
        if (_open.Remove(item.Id))
        {
            _waiting.Add(item.Id, _line.AddFirst(item));
        }
    }

    /// <summary>From here to <see cref="EndSnapshot"/> comes every ask that waits.</summary>
    public void BeginSnapshot() => _snapshot = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Forgets the asks that ended unheard, and says which.</summary>
    public List<string> EndSnapshot()
    {
        List<string> gone = _snapshot is { } seen ? [.. _waiting.Keys.Concat(_open).Concat(_handled).Where(id => !seen.Contains(id))] : [];
        _snapshot = null;
        gone.ForEach(Ended);
        return gone;
    }
}
