using ClearanceDaemon.Core.Native;
using ClearanceDaemon.Protocol;
using static ClearanceDaemon.Core.Transport.ConnectionState;

namespace ClearanceDaemon.Core.Transport;

/// <summary>
/// One accepted connection: cuts what arrives into lines, sends what was answered at the end of the turn. Owns its
/// descriptor. Everything happens on the reactor's thread.
/// </summary>
internal sealed class Connection : IPollTarget
{
    private readonly Reactor _reactor;
    private readonly int _lineCap;
    private ILineSink? _sink;
    private Inbox? _inbox;
    private Outbox? _outbox;
    private PollEvents _interest = PollEvents.Read;
    private ConnectionState _state;
    private long _unsentSince;

    internal Connection(Reactor reactor, int descriptor, int lineCap)
    {
        _reactor = reactor;
        Descriptor = descriptor;
        _lineCap = lineCap;
    }

    public int Descriptor { get; }

    public bool IsClosed => Is(Closed);

    internal long Token { get; set; }

    /// <summary>True once no further line will be read.</summary>
    private bool IsEnding => Is(EndOfInput | Closing | Closed);

    private int Unsent => _outbox?.Unsent.Length ?? 0;

    /// <summary>True while the peer keeps up with what it is sent.</summary>
    public bool HasRoom => !Is(Closing | Closed) && Unsent <= _reactor.Limits.StreamBytes;

    private bool IsBlocked => Unsent > _reactor.Limits.UnsentBytes;

    /// <summary>The outbox to append whole reply lines to; they are sent at the end of this turn.</summary>
    public Outbox Write()
    {
        if (!Is(Dirty))
        {
            _state |= Dirty;
            _reactor.MarkDirty(this);
        }

        return _outbox ??= _reactor.Outboxes.Lend();
    }

    /// <summary>Runs an action in the next turn, so that what it writes does not hold up everyone's this one.</summary>
    public void Later(Action action) => _reactor.Post(action);

    /// <summary>Reads no more and closes as soon as everything written is sent.</summary>
    public void CloseWhenSent()
    {
        if (!IsClosed)
        {
            _state |= Closing;
            ReleaseInbox();
            if (!Is(Dirty) && Unsent == 0)
            {
                Close();
            }
        }
    }

    /// <summary>Tells that no request is in flight any more: an ended input may now close.</summary>
    public void OnIdle()
    {
        if (Is(EndOfInput))
        {
            CloseWhenSent();
        }
    }

    public void OnReady(PollEvents events)
    {
        // What was written in this turn waits for its commit.
        if ((events & PollEvents.Write) != 0 && !Is(Closed | Dirty))
        {
            Flush(committed: true);
        }

        var mayRead = !IsEnding && !Is(Backlog) && !IsBlocked;
        if ((events & PollEvents.Read) != 0 && mayRead)
        {
            Receive();
        }
        else if ((events & PollEvents.Closed) != 0 && !IsClosed && !(Is(Backlog) && _sink!.OutlivesPeer))
        {
            // Both directions are down and there is nothing left to read: nobody waits for an answer.
            Close();
        }
    }

    internal void Start(ILineSink sink)
    {
        _sink = sink;

        // A client that connects and asks has usually asked by now; this saves it a turn.
        Receive();
    }

    /// <summary>Goes on with lines that an earlier turn left.</summary>
    internal void RunBacklog()
    {
        _state &= ~(Queued | Backlog);
        if (!Is(Closing | Closed) && _inbox is not null)
        {
            TakeLinesFromInbox();
        }
    }

    /// <summary>Sends what the outbox holds. Not committed: what waited for this turn's records becomes an error first.</summary>
    internal void Flush(bool committed)
    {
        _state &= ~Dirty;
        if (IsClosed || _outbox is null)
        {
            return;
        }

        _outbox.Settle(committed);
        if (Send(_outbox))
        {
            AfterSend(_outbox);
        }
        else
        {
            Close();
        }
    }

    /// <summary>Cuts off a peer that stalls in mid-line or leaves its answers unread; false when there is nothing to watch any more.</summary>
    internal bool CheckStalled(long now)
    {
        if (!IsClosed && _inbox is { LineSince: > 0 } && now - _inbox.LineSince >= (long)_reactor.Limits.Line.TotalMilliseconds)
        {
            BreakFraming(BadFraming.LineTooSlow);
        }

        if (!IsClosed && _unsentSince != 0 && now - _unsentSince >= (long)_reactor.Limits.SlowReader.TotalMilliseconds)
        {
            Close();
        }

        if (!IsClosed && (_inbox is { LineSince: > 0 } || _unsentSince != 0))
        {
            return true;
        }

        _state &= ~Watched;
        return false;
    }

    internal void Close()
    {
        if (IsClosed)
        {
            return;
        }

        _state |= Closed;
        _reactor.Forget(this);
        _ = LibC.close(Descriptor);
        ReleaseInbox();
        ReleaseOutbox();
        _sink?.OnClosed();
    }

    private bool Is(ConnectionState state) => (_state & state) != 0;

    private void Receive()
    {
        var room = _inbox is null ? _reactor.ReceiveBuffer : _inbox.Room(_reactor.Limits.BytesPerTurn)[.._reactor.Limits.BytesPerTurn];
        var received = SocketIo.Receive(Descriptor, room);
        if (received > 0)
        {
            OnReceived(room[..received]);
        }
        else if (received == 0)
        {
            OnEndOfInput();
        }
        else if (received == SocketIo.Broken)
        {
            Close();
        }
    }

    private void OnReceived(ReadOnlySpan<byte> received)
    {
        if (_inbox is not null)
        {
            _inbox.Advance(received.Length);
            TakeLinesFromInbox();
            return;
        }

        var scanned = 0;
        var consumed = TakeLines(received, ref scanned);
        if (consumed < received.Length && !Is(Closing | Closed))
        {
            _inbox = _reactor.Inboxes.Lend();
            _inbox.Append(received[consumed..]);
            KeepInbox(_inbox, scanned);
        }
    }

    private void TakeLinesFromInbox()
    {
        var inbox = _inbox!;
        var scanned = inbox.Scanned;
        var consumed = TakeLines(inbox.Bytes, ref scanned);
        if (Is(Closing | Closed))
        {
            return;
        }

        if (consumed == inbox.Length)
        {
            ReleaseInbox();
        }
        else
        {
            inbox.Drop(consumed);
            KeepInbox(inbox, scanned);
        }
    }

    /// <summary>Hands over as many lines as this turn allows and returns how many bytes they were.</summary>
    private int TakeLines(ReadOnlySpan<byte> bytes, ref int scanned)
    {
        var taken = 0;
        for (var lines = 0; taken < bytes.Length; lines++)
        {
            if (lines == _reactor.Limits.LinesPerTurn || IsBlocked)
            {
                _state |= Backlog;
                return taken;
            }

            var status = LineReader.Next(bytes[taken..], scanned, _lineCap, out var length, out var consumed);
            if (status == LineStatus.Line)
            {
                scanned = 0;
                _sink!.OnLine(bytes.Slice(taken, length));
                taken += consumed;
                if (!Is(Closing | Closed))
                {
                    continue;
                }
            }
            else if (status == LineStatus.Incomplete)
            {
                scanned = bytes.Length - taken;
            }
            else
            {
                BreakFraming(BadFraming.LineTooLong);
            }

            break;
        }

        return taken;
    }

    private void KeepInbox(Inbox inbox, int scanned)
    {
        inbox.Scanned = scanned;
        if (Is(Backlog))
        {
            QueueBacklog();
        }
        else if (inbox.LineSince == 0)
        {
            inbox.LineSince = _reactor.Now;
            Watch();
        }
    }

    // A peer over its unsent limit is queued once its replies have gone.
    private void QueueBacklog()
    {
        if (Is(Backlog) && !Is(Queued) && !IsBlocked)
        {
            _state |= Queued;
            _reactor.QueueBacklog(this);
        }
    }

    private void OnEndOfInput()
    {
        _state |= EndOfInput;
        ReleaseInbox();
        if (_sink!.HasInFlight)
        {
            UpdateInterest();
        }
        else
        {
            CloseWhenSent();
        }
    }

    private void BreakFraming(BadFraming what)
    {
        _sink!.OnBadFraming(what);
        CloseWhenSent();
    }

    private bool Send(Outbox outbox)
    {
        while (!outbox.IsDrained)
        {
            var sent = SocketIo.Send(Descriptor, outbox.Unsent);
            if (sent < 0)
            {
                return sent == SocketIo.Again;
            }

            outbox.Advance(sent);
        }

        return true;
    }

    private void AfterSend(Outbox outbox)
    {
        if (!outbox.IsDrained)
        {
            if (outbox.TakeProgress() || _unsentSince == 0)
            {
                _unsentSince = _reactor.Now;
                Watch();
            }
        }
        else
        {
            ReleaseOutbox();
            _unsentSince = 0;
            if (Is(Closing))
            {
                Close();
                return;
            }

            _sink!.OnDrained();
        }

        QueueBacklog();
        UpdateInterest();
    }

    private void Watch()
    {
        if (!Is(Watched))
        {
            _state |= Watched;
            _reactor.WatchStalled(this);
        }
    }

    private void UpdateInterest()
    {
        var interest = (IsEnding || IsBlocked ? PollEvents.None : PollEvents.Read) | (Unsent > 0 ? PollEvents.Write : PollEvents.None);
        if (interest != _interest)
        {
            _interest = interest;
            _reactor.ChangeInterest(this, interest);
        }
    }

    private void ReleaseInbox()
    {
        if (_inbox is not null)
        {
            _reactor.Inboxes.Return(_inbox);
            _inbox = null;
        }
    }

    private void ReleaseOutbox()
    {
        if (_outbox is not null)
        {
            _reactor.Outboxes.Return(_outbox);
            _outbox = null;
        }
    }
}
