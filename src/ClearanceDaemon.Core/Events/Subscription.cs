using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Events;

/// <summary>
/// One subscriber's place in the stream: a snapshot first where it needs one, then event after event, as fast as it
/// reads. One that falls behind what is kept is told so and begins anew with a snapshot.
/// </summary>
internal sealed class Subscription(EventHub hub, ISnapshotSource source, IEventSink sink, bool answers)
{
    private readonly LineBuffer _line = new(1024);
    private ISnapshot? _snapshot;
    private bool _lost;
    private long _next;

    /// <summary>True when a person answers here.</summary>
    public bool Answers => answers;

    /// <summary>True when there is more to send than the subscriber had room for.</summary>
    public bool IsPaused => _snapshot is not null || _next <= hub.Last;

    /// <summary>Begins behind an event of this epoch; false where that is not kept any more, and a snapshot comes.</summary>
    public bool Start(string? afterEpoch, long afterSeq)
    {
        var isKept = afterEpoch == hub.Epoch && afterSeq >= hub.First - 1 && afterSeq <= hub.Last;
        if (isKept)
        {
            _next = afterSeq + 1;
        }
        else
        {
            TakeSnapshot(lost: afterEpoch is not null);
        }

        hub.Add(this);
        return isKept;
    }

    /// <summary>Sends as much as the subscriber has room for.</summary>
    public void Pump()
    {
        while (sink.HasRoom)
        {
            if (_snapshot is not null)
            {
                SendSnapshot(_snapshot);
            }
            else if (_next > hub.Last)
            {
                return;
            }
            else if (_next < hub.First)
            {
                TakeSnapshot(lost: true);
            }
            else
            {
                sink.Write(hub[_next++]);
            }
        }
    }

    public void End() => hub.Remove(this);

    private void TakeSnapshot(bool lost)
    {
        _snapshot = source.Take();
        _next = hub.Last + 1;
        _lost = lost;
    }

    private void SendSnapshot(ISnapshot snapshot)
    {
        // The id is known only with the data, and stands before it.
        var data = new LineBuffer(1024);
        if (_lost)
        {
            _lost = false;
            Begin("lost"u8, null).Raw("{}"u8);
        }
        else if (snapshot.TryNext(data, out var id))
        {
            Begin("asked"u8, id).Raw(data.Written);
        }
        else
        {
            _snapshot = null;
            source.WriteEnd(Begin("snapshot_end"u8, null));
        }

        Send();
    }

    // All of a snapshot carries the number it is as of: whoever comes back with it misses nothing.
    private LineBuffer Begin(ReadOnlySpan<byte> type, RequestId? id)
    {
        _line.Truncate(0);
        hub.Head(_line, _next - 1, type, id);
        return _line;
    }

    private void Send()
    {
        EventHub.Foot(_line);
        sink.Write(_line.Written);
    }
}
