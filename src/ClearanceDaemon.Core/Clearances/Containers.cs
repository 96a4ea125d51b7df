namespace ClearanceDaemon.Core.Clearances;

/// <summary>The containers that reporters told of and that have not ended since: what a grant until the exit may be bound to. For the reactor's thread.</summary>
internal sealed class Containers
{
    /// <summary>
    /// Containers remembered, because nobody need tell of a container's end. For one more the one heard of longest ago is
    /// forgotten, which then can have no grant until its exit.
    /// </summary>
    public const int Most = 4096;

    private readonly Dictionary<(string Via, string Name), LinkedListNode<Container>> _running = [];
    private readonly LinkedList<Container> _order = [];

    public int Count => _running.Count;

    public bool IsRunning(string via, string name) => _running.ContainsKey((via, name));

    /// <summary>Cancelled when the container ends that runs now; another one of its name is another one.</summary>
    public CancellationToken WhenGone(string via, string name) =>
        _running.TryGetValue((via, name), out var node) ? (node.Value.Gone ??= new()).Token : CancellationToken.None;

    public void Add(string via, string name)
    {
        if (_running.TryGetValue((via, name), out var known))
        {
            _order.Remove(known);
            _order.AddLast(known);
            return;
        }

        if (_running.Count == Most)
        {
            _running.Remove(_order.First!.Value.Key);
            _order.RemoveFirst();
        }

        _running.Add((via, name), _order.AddLast(new Container((via, name))));
    }

    public void Remove(string via, string name)
    {
        if (_running.Remove((via, name), out var node))
        {
            _order.Remove(node);
            node.Value.Gone?.Cancel();
        }
    }

    private sealed class Container((string Via, string Name) key)
    {
        public (string Via, string Name) Key => key;

        public CancellationTokenSource? Gone { get; set; }
    }
}
