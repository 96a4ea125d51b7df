namespace ClearanceDaemon.Core.Transport;

/// <summary>
/// Who stands behind a descriptor. The token handed to the poller carries a generation, so that an event of a closed
/// connection never reaches the one that got its descriptor in the same turn.
/// </summary>
internal sealed class SlotTable
{
    private IPollTarget?[] _targets = new IPollTarget?[64];
    private int[] _generations = new int[64];

    public long Add(int descriptor, IPollTarget target)
    {
        if (descriptor >= _targets.Length)
        {
            var size = Math.Max(descriptor + 1, _targets.Length * 2);
            Array.Resize(ref _targets, size);
            Array.Resize(ref _generations, size);
        }

        _targets[descriptor] = target;
        return ((long)++_generations[descriptor] << 32) | (uint)descriptor;
    }

    public IPollTarget? Find(long token)
    {
        var descriptor = (int)token;
        return _generations[descriptor] == (int)(token >> 32) ? _targets[descriptor] : null;
    }

    public void Remove(int descriptor) => _targets[descriptor] = null;

    public void ForEach<T>(Action<T> action)
    {
        foreach (var target in _targets.OfType<T>().ToArray())
        {
            action(target);
        }
    }
}
