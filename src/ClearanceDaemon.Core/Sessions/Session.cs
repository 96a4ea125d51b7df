using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Metrics;
using ClearanceDaemon.Core.Transport;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Sessions;

/// <summary>One admitted connection: turns lines into requests and keeps count of those in flight. Owns the caller's pinned process.</summary>
internal sealed class Session(Admission admission, Door door, Connection connection, Caller caller) : ILineSink, IReplies
{
    // What makes room is never refused for want of room.
    private static ReadOnlySpan<byte> Withdraw => "clearance.withdraw"u8;

    private static readonly TimeSpan BusyRetry = TimeSpan.FromSeconds(1);
    private List<RequestContext>? _inFlight;

    public Caller Caller => caller;

    public Door Door => door;

    public int InFlight => _inFlight?.Count ?? 0;

    public bool HasInFlight => _inFlight is { Count: > 0 };

    public Outbox? Outbox => connection.IsClosed ? null : connection.Write();

    public bool MustHold => admission.Turn.HasUncommitted;

    private Counters Counters => admission.Counters;

    public void OnLine(ReadOnlySpan<byte> line)
    {
        Counters.Add(Counter.Requests);
        if (!RpcRequestReader.TryRead(line, out var request, out var fault))
        {
            Counters.Add(Counter.BadRequests);
            RpcWriter.Error(connection.Write().Buffer, fault);
        }
        else if (_inFlight?.Count >= admission.Quotas.Limits.InFlight && !request.Method.SequenceEqual(Withdraw))
        {
            Counters.Add(Counter.Busy);
            RpcWriter.Error(
                connection.Write().Buffer, request.IdToken, RpcErrorCode.Busy, "too many requests of this connection are unanswered"u8, default, BusyRetry);
        }
        else
        {
            admission.Dispatcher.Dispatch(this, caller, request);
        }
    }

    public void OnBadFraming(BadFraming what)
    {
        Counters.Add(Counter.BadRequests);
        var buffer = connection.Write().Buffer;
        if (what == BadFraming.LineTooLong)
        {
            RpcWriter.Error(buffer, default, RpcErrorCode.TooLarge, "the line is longer than this socket takes; see limits in clearance.hello"u8);
        }
        else
        {
            RpcWriter.Error(buffer, default, RpcErrorCode.InvalidRequest, "the line was not finished in time"u8);
        }
    }

    public void OnClosed()
    {
        caller.Process?.Dispose();
        admission.OnClosed(this);

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
        admission.OnCompleted();
        if (_inFlight.Count == 0)
        {
            _inFlight = null;
            if (admission.IsDraining)
            {
                connection.CloseWhenSent();
            }
            else
            {
                connection.OnIdle();
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

    /// <summary>Closes once nothing is owed.</summary>
    public void Finish()
    {
        if (!HasInFlight)
        {
            connection.CloseWhenSent();
        }
    }
}
