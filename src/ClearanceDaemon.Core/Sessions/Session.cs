using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Metrics;
using ClearanceDaemon.Core.Transport;
using ClearanceDaemon.Protocol;
using UnixPeers;

namespace ClearanceDaemon.Core.Sessions;

/// <summary>One admitted connection: turns lines into requests and keeps count of those in flight. Owns the caller's pinned process.</summary>
internal sealed class Session : ILineSink, IReplies, ICallerPipe, IPinsPeer
{
    // What makes room is never refused for want of room.
    private static ReadOnlySpan<byte> Withdraw => "clearance.withdraw"u8;

    private static readonly TimeSpan BusyRetry = TimeSpan.FromSeconds(1);
    private readonly Admission _admission;
    private readonly Connection _connection;
    private List<RequestContext>? _inFlight;
    private ICallerStream? _stream;

    public Session(Admission admission, Door door, Connection connection, PeerCredentials peer)
    {
        _admission = admission;
        _connection = connection;
        Door = door;
        Caller = new(door.Role, door.Via, door.ViaUtf8, peer, null, this);
    }

    public Caller Caller { get; }

    public Door Door { get; }

    public int InFlight => _inFlight?.Count ?? 0;

    public bool HasInFlight => _inFlight is { Count: > 0 };

    /// <summary>A subscriber that only stopped sending is still owed its events.</summary>
    bool ILineSink.HasInFlight => HasInFlight || _stream is not null;

    public bool HasRoom => _connection.HasRoom;

    public Outbox? Outbox => _connection.IsClosed ? null : _connection.Write();

    public bool MustHold => _admission.Turn.HasUncommitted;

    private Counters Counters => _admission.Counters;

    public void OnLine(ReadOnlySpan<byte> line)
    {
        Counters.Add(Counter.Requests);
        if (!RpcRequestReader.TryRead(line, out var request, out var fault))
        {
            Counters.Add(Counter.BadRequests);
            RpcWriter.Error(_connection.Write().Buffer, fault);
        }
        else if (_inFlight?.Count >= _admission.Quotas.Limits.InFlight && !request.Method.SequenceEqual(Withdraw))
        {
            Counters.Add(Counter.Busy);
            RpcWriter.Error(
                _connection.Write().Buffer, request.IdToken, RpcErrorCode.Busy, "too many requests of this connection are unanswered"u8, default, BusyRetry);
        }
        else
        {
            _admission.Dispatcher.Dispatch(this, Caller, request);
        }
    }

    public void OnBadFraming(BadFraming what)
    {
        Counters.Add(Counter.BadRequests);
        var buffer = _connection.Write().Buffer;
        if (what == BadFraming.LineTooLong)
        {
            RpcWriter.Error(buffer, default, RpcErrorCode.TooLarge, "the line is longer than this socket takes; see limits in clearance.hello"u8);
        }
        else
        {
            RpcWriter.Error(buffer, default, RpcErrorCode.InvalidRequest, "the line was not finished in time"u8);
        }
    }

    public void Write(ReadOnlySpan<byte> line) => Outbox?.Buffer.Raw(line);

    public ICallerPipe? Attach(ICallerStream stream)
    {
        if (_stream is not null)
        {
            return null;
        }

        _stream = stream;
        return this;
    }

    public void OnDrained()
    {
        if (_stream is { IsPaused: true } stream)
        {
            _connection.Later(stream.OnRoom);
        }
    }

    public void OnClosed()
    {
        _stream?.OnClosed();
        Caller.PinnedProcess?.Dispose();
        _admission.OnClosed(this);

        // A copy: aborting may complete a request, which leaves the list.
        foreach (var request in _inFlight?.ToArray() ?? [])
        {
            request.Abort();
        }
    }

    public void OnDetached(RequestContext request) => (_inFlight ??= []).Add(request);

    public void OnCompleted(RequestContext request)
    {
        _inFlight!.Remove(request);
        _admission.OnCompleted();
        if (_inFlight.Count == 0)
        {
            _inFlight = null;
            if (_admission.IsDraining)
            {
                _connection.CloseWhenSent();
            }
            else if (_stream is null)
            {
                _connection.OnIdle();
            }
        }
    }

    /// <summary>Answers what is in flight with <c>unavailable</c>: the daemon stops.</summary>
    public void GiveUp(string reason)
    {
        foreach (var request in _inFlight?.ToArray() ?? [])
        {
            request.GiveUp(reason);
        }
    }

    /// <summary>Answers what only a person could with <c>unavailable</c>, and closes once nothing is owed.</summary>
    public void Finish(string reason)
    {
        foreach (var request in _inFlight?.Where(static request => request.WaitsForPerson).ToArray() ?? [])
        {
            request.GiveUp(reason);
        }

        if (!HasInFlight)
        {
            _connection.CloseWhenSent();
        }
    }

    public PeerProcess? PinPeer() =>
        !_connection.IsClosed && PeerProcess.Pin(_connection.Descriptor, Caller.Credentials) is PeerPin.Pinned pin ? pin.Process : null;
}
