namespace ClearanceDaemon.Core.Transport;

/// <summary>Waits for a descriptor that is somebody else's to become readable, and says so once. Dispose it before the descriptor.</summary>
internal sealed class DescriptorWatch(int descriptor, Action ready, Action<DescriptorWatch> forget) : IPollTarget, IDisposable
{
    private bool _over;

    public int Descriptor => descriptor;

    public void OnReady(PollEvents events)
    {
        Dispose();
        ready();
    }

    public void Dispose()
    {
        if (!_over)
        {
            _over = true;
            forget(this);
        }
    }
}
