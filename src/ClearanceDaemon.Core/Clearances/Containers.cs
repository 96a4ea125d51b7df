namespace ClearanceDaemon.Core.Clearances;

/// <summary>The containers that reporters told of and that have not ended since: what a grant until the exit may be bound to. For the reactor's thread.</summary>
internal sealed class Containers
{
    /// <summary>Containers remembered, because nobody need tell of a container's end. For one more the one heard of longest ago is forgotten, which then can have no grant until its exit.</summary>
    public const int Most = 4096;

    private readonly Dictionary<(string Via, string Name), LinkedListNode<(string Via, string Name)>> _running = [];
    private readonly LinkedList<(string Via, string Name)> _order = [];

    public int Count => _running.Count;

    public bool IsRunning(string via, string name) => _running.ContainsKey((via, name));

    public void Add(string via, string name)
    {
        Remove(via, name);
        if (_running.Count == Most)
        {
            var (oldestVia, oldestName) = _order.First!.Value;
            Remove(oldestVia, oldestName);
        }

        _running.Add((via, name), _order.AddLast((via, name)));
    }

    public void Remove(string via, string name)
    {
        if (_running.Remove((via, name), out var node))
        {
            _order.Remove(node);
        }
    }
}
