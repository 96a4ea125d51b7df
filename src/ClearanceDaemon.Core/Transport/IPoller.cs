namespace ClearanceDaemon.Core.Transport;

/// <summary>
/// Level-triggered readiness of many descriptors. Used by the reactor's thread only. Its descriptors stay the caller's:
/// <see cref="Remove"/> before closing one.
/// </summary>
internal interface IPoller : IDisposable
{
    /// <summary>Starts watching; the token comes back with every event.</summary>
    void Add(int descriptor, PollEvents events, long token);

    /// <summary>Changes what a watched descriptor is waited for.</summary>
    void Change(int descriptor, PollEvents events, long token);

    void Remove(int descriptor);

    /// <summary>As <see cref="Remove"/>, for a descriptor that nobody shares and that is closed right away: the kernel may do the work.</summary>
    void Forget(int descriptor);

    /// <summary>Waits at most <paramref name="timeout"/> milliseconds (−1: for ever) and returns how many results were filled in.</summary>
    int Wait(Span<PollResult> results, int timeout);
}
