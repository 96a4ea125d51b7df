namespace ClearanceDaemon.Core.Clearances;

/// <summary>The containers that reporters told of and that have not ended since: what a grant until the exit may be bound to.</summary>
internal sealed class Containers
{
    /// <summary>Containers remembered: one that is forgotten for want of room can have no grant until its exit, no more.</summary>
    public const int Most = 4096;

    private readonly HashSet<(string Via, string Name)> _running = [];

    public int Count => _running.Count;

    public bool IsRunning(string via, string name) => _running.Contains((via, name));

    public void Add(string via, string name)
    {
        if (_running.Count < Most)
        {
            _running.Add((via, name));
        }
    }

    public void Remove(string via, string name) => _running.Remove((via, name));
}
