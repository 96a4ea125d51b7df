using System.Collections.Concurrent;
using ClearanceDaemon.Core.Transport;

namespace ClearanceDaemon.Core.Tests.Transport;

/// <summary>A real poller that, when told, reports events of descriptors that are long closed, as a kernel's batch may.</summary>
internal sealed class ReplayingPoller : IPoller
{
    private readonly IPoller _real = PollerChoice.Create();
    private readonly ConcurrentQueue<PollResult> _replays = new();

    /// <summary>Every token ever watched, in order.</summary>
    public ConcurrentQueue<long> Tokens { get; } = new();

    public bool IsDrained => _replays.IsEmpty;

    /// <summary>The next wait that returns reports this too.</summary>
    public void Replay(long token, PollEvents events) => _replays.Enqueue(new(token, events));

    public void Add(int descriptor, PollEvents events, long token)
    {
        Tokens.Enqueue(token);
        _real.Add(descriptor, events, token);
    }

    public void Change(int descriptor, PollEvents events, long token) => _real.Change(descriptor, events, token);

    public void Remove(int descriptor) => _real.Remove(descriptor);

    public void Forget(int descriptor) => _real.Forget(descriptor);

    public int Wait(Span<PollResult> results, int timeout)
    {
        var count = _real.Wait(results, timeout);
        while (count < results.Length && _replays.TryDequeue(out var replay))
        {
            results[count++] = replay;
        }

        return count;
    }

    public void Dispose() => _real.Dispose();
}
