using System.Text;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Events;

/// <summary>
/// The stream of what happens: numbers each event, keeps the last ones as the lines they are sent as, and lets every
/// subscriber read on from its own place. Nothing is queued for anyone, so one that does not read costs the others
/// nothing. Tell it only what is on record. For the reactor's thread.
/// </summary>
internal sealed class EventHub(string epoch, TimeProvider clock, EventLimits limits)
{
    private readonly EventRing _ring = new(limits);
    private readonly List<Subscription> _subscriptions = [];
    private readonly LineBuffer _line = new(1024);
    private readonly byte[] _epochUtf8 = Encoding.UTF8.GetBytes(epoch);
    private long _flushed;

    /// <summary>Names this life of the stream: numbers of another life mean nothing here.</summary>
    public string Epoch => epoch;

    /// <summary>The number of the newest event.</summary>
    public long Last => _ring.Last;

    /// <summary>The number of the oldest event that can still be sent.</summary>
    public long First => _ring.First;

    /// <summary>Subscribers that answer: with at least one, an operator is present.</summary>
    public int Answering { get; private set; }

    public int Subscribers => _subscriptions.Count;

    public ReadOnlySpan<byte> this[long seq] => _ring[seq];

    /// <summary>Begins an event; its data, a JSON object, is written to the buffer and <see cref="End"/> ends it.</summary>
    public LineBuffer Begin(ReadOnlySpan<byte> type, RequestId? id = null)
    {
        _line.Truncate(0);
        Head(_line, Last + 1, type, id);
        return _line;
    }

    public void End()
    {
        Foot(_line);
        _ring.Add(_line.Written.ToArray());
    }

    /// <summary>Sends what is new to everyone who reads; once a turn is enough.</summary>
    public void Flush()
    {
        if (_flushed == Last)
        {
            return;
        }

        _flushed = Last;
        for (var i = _subscriptions.Count - 1; i >= 0; i--)
        {
            _subscriptions[i].Pump();
        }
    }

    public void Add(Subscription subscription)
    {
        _subscriptions.Add(subscription);
        Count(subscription, 1);
    }

    public void Remove(Subscription subscription)
    {
        if (_subscriptions.Remove(subscription))
        {
            Count(subscription, -1);
        }
    }

    internal void Head(LineBuffer line, long seq, ReadOnlySpan<byte> type, RequestId? id)
    {
        RpcWriter.BeginNotification(line, "clearance.event"u8);
        line.Raw("{\"seq\":"u8);
        line.Number(seq);
        line.Raw(",\"epoch\":"u8);
        line.String(_epochUtf8);
        line.Raw(",\"time\":\""u8);
        line.Raw(Encoding.UTF8.GetBytes(Timestamp.Format(clock.GetUtcNow().ToUnixTimeMilliseconds())));
        line.Raw("\",\"type\":\""u8);
        line.Raw(type);
        line.Raw((byte)'"');
        if (id is { } about)
        {
            Span<byte> digits = stackalloc byte[RequestId.Digits];
            about.Write(digits);
            line.Raw(",\"id\":\""u8);
            line.Raw(digits);
            line.Raw((byte)'"');
        }

        line.Raw(",\"data\":"u8);
    }

    internal static void Foot(LineBuffer line)
    {
        line.Raw((byte)'}');
        RpcWriter.EndResult(line);
    }

    private void Count(Subscription subscription, int change)
    {
        if (subscription.Answers)
        {
            Answering += change;
            var data = Begin("operators"u8);
            data.Raw("{\"present\":"u8);
            data.Number(Answering);
            data.Raw((byte)'}');
            End();
        }
    }
}
