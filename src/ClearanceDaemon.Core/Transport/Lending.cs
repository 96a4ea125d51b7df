namespace ClearanceDaemon.Core.Transport;

/// <summary>Lends buffers to the connections that need one just now. Keeps a bounded number, and none that grew large.</summary>
internal sealed class Lending<T>(Func<T> make, Action<T> reset, Func<T, int> capacity)
{
    private const int Kept = 64;
    private const int KeptBytes = 128 * 1024;
    private readonly Stack<T> _free = [];

    public T Lend() => _free.TryPop(out var item) ? item : make();

    public void Return(T item)
    {
        if (_free.Count < Kept && capacity(item) <= KeptBytes)
        {
            reset(item);
            _free.Push(item);
        }
    }
}
