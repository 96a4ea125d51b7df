using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Events;

namespace ClearanceDaemon.Core.Handlers;

/// <summary>Ties a subscription to its caller's connection.</summary>
internal sealed class EventStream : ICallerStream, IEventSink
{
    private readonly Subscription _subscription;
    private ICallerPipe? _pipe;

    public EventStream(EventHub hub, ISnapshotSource source, bool answers) => _subscription = new(hub, source, this, answers);

    public bool HasRoom => _pipe is { HasRoom: true };

    public bool IsPaused => _subscription.IsPaused;

    /// <summary>Takes its place in the stream; nothing is sent yet.</summary>
    public bool Start(ICallerPipe pipe, string? afterEpoch, long afterSeq)
    {
        _pipe = pipe;
        return _subscription.Start(afterEpoch, afterSeq);
    }

    public void Write(ReadOnlySpan<byte> line) => _pipe!.Write(line);

    public void OnRoom() => _subscription.Pump();

    public void OnClosed() => _subscription.End();
}
