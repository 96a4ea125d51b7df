using System.Text;
using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Events;
using ClearanceDaemon.Core.Metrics;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Core.Time;
using ClearanceDaemon.Protocol;
using UnixPeers;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>
/// Where asks wait for a person: opens them, joins equal ones, and ends each exactly once, by a verdict, its deadline, its
/// asker or want of room. Nothing is told to anyone before it is on record. For the reactor's thread.
/// </summary>
internal sealed class Desk
{
    private static readonly byte[] MadeRoom = "newer asks took its place"u8.ToArray();
    private static readonly byte[] Stopped = "the daemon stopped, which forgets what waits"u8.ToArray();
    private static readonly byte[] NotRecorded = "the verdict could not be put on disk"u8.ToArray();
    private readonly AuditLog _audit;
    private readonly EventHub _hub;
    private readonly Effects _effects;
    private readonly TurnTimers _timers;
    private readonly DeskClocks _clocks;
    private readonly Counters _counters;
    private readonly DeskLimits _limits;
    private readonly RequestIds _ids = new();
    private readonly PendingIndex _pending = new();
    private readonly PromptBudget _budget;
    private readonly KeptAsks _kept;
    private readonly ClosedAsks _closed;
    private readonly DeskEvents _events;
    private readonly List<PendingAsk> _opened = [];
    private readonly HashSet<PendingAsk> _again = [];
    private readonly List<(PendingAsk Ask, Verdict Verdict)> _ended = [];
    private readonly List<(Waiter Waiter, Verdict Verdict)> _left = [];
    private long _numbers;
    private bool _isStopping;

    public Desk(AuditLog audit, EventHub hub, Effects effects, TurnTimers timers, DeskClocks clocks, Counters counters, DeskLimits limits)
    {
        (_audit, _hub, _effects, _timers, _clocks, _counters, _limits) = (audit, hub, effects, timers, clocks, counters, limits);
        _budget = new(limits, timers);
        _kept = new(limits.Pending, limits.PendingBytes / 4);
        _closed = new(limits.Remembered);
        _events = new(hub);
        effects.Failed = Reopen;
        effects.Done = EndFailed;
    }

    /// <summary>Whose verdicts are tried again only while they run.</summary>
    public Containers Containers { get; init; } = new();

    /// <summary>How many asks wait.</summary>
    public int PendingCount => _pending.Count;

    /// <summary>True while someone who answers is there.</summary>
    public bool IsOperatorPresent => _hub.Answering > 0;

    public RequestId NewId() => _ids.Next();

    /// <summary>Records an ask that is answered at once and returns the answer.</summary>
    /// <param name="ask">What is asked.</param>
    /// <param name="verdict">What is answered.</param>
    /// <param name="peer">Who asks.</param>
    /// <param name="rule">The rule that left it open; null where none did.</param>
    /// <param name="principal">Whose ask it is, where that was looked up.</param>
    public Verdict Settle(AskMembers ask, in Verdict verdict, PeerCredentials peer, Rule? rule, Principal? principal = null)
    {
        AskRecord.Write(_audit, ask, verdict, peer.Pid);
        _counters.Add(verdict.Outcome.Counter());
        if (_effects.Wants(ask, verdict.Outcome))
        {
            var digest = verdict.Digest ?? AskDigest.Compute(ask);
            _effects.CarryOut(new(ask.Copy(), digest, verdict, rule, new(new object(), null, peer, null), principal ?? Principal.OfPeer(peer)));
        }

        return verdict;
    }

    /// <summary>The prompt that this ask is one more of: by its key, or because it is the same ask of the same principal.</summary>
    public PendingAsk? FindSame(byte[] digest, Principal principal, string? key, string via) => key is null
        ? _pending.ByContent(digest, principal)
        : _pending.ByKey(key, via) ?? _kept.ByKey(key, via);

    /// <summary>Takes a place for one more prompt; null when there was one, else when to come back.</summary>
    public TimeSpan? TakePlace(Asker asker, string via, AskMembers ask) => _budget.Take(asker, via, ask.Bytes);

    /// <summary>Opens an ask that waits, in a place that was taken; it takes over the copy and the principal it is given.</summary>
    public PendingAsk Open(AskMembers ask, byte[] digest, Rule? rule, in AskTerms terms, Asker asker, Principal principal, string[]? changed)
    {
        var longest = rule?.Deadline ?? (terms.Key is null ? terms.Wait : _limits.KeptFor);
        var time = terms.Key is null && terms.Wait < longest ? terms.Wait : longest;
        return Open(new(_ids.Next(), ++_numbers, ask, digest, rule, asker, principal, terms.Key, _clocks.DeadlineIn(time))
        {
            Asked = _clocks.Wall.GetUtcNow(),
            Changed = changed,
        }, time);
    }

    /// <summary>One more asks the same; it will be told the same.</summary>
    public void Join(PendingAsk pending, Asker asker)
    {
        pending.Join();
        AskRecord.WriteJoined(_audit, pending, asker);
        _again.Add(pending);
    }

    /// <summary>The verdict on an ask, or <c>timed_out</c> when this waiter's own time is up first; null when it could not be recorded.</summary>
    public Task<Verdict?> WhenDecided(PendingAsk pending, Asker asker, TimeSpan wait, CancellationToken gone)
    {
        if (pending.Verdict is { } known)
        {
            return Task.FromResult<Verdict?>(known);
        }

        return new Waiter(
            pending,
            asker,
            waiter => _timers.Schedule(wait, () => Leave(waiter, VerdictOutcome.TimedOut)),
            waiter => Leave(waiter, VerdictOutcome.Withdrawn),
            gone).Task;
    }

    /// <summary>One waiter goes; without a key the ask goes with the last of them.</summary>
    public void Leave(Waiter waiter, VerdictOutcome outcome)
    {
        var pending = waiter.Ask;
        if (waiter.HasLeft || waiter.IsAnswered || (pending.State != PendingState.Open && outcome == VerdictOutcome.TimedOut))
        {
            // It was dealt with, or the verdict is on its way.
            return;
        }

        if (pending.IsOpen && pending.Key is null && pending.Waiters.Count == 1)
        {
            End(pending, outcome, null);
            return;
        }

        // Now, not when it is answered: of two that leave in one turn the second is the last.
        waiter.Leave();
        AskRecord.WriteLeft(_audit, pending, waiter.Asker, outcome);
        _left.Add((waiter, NotDecided(pending, outcome, null)));
        _again.Add(pending);
    }

    /// <summary>Takes an ask back for everyone who waits; true when it was still open.</summary>
    public bool Withdraw(PendingAsk pending) => End(pending, VerdictOutcome.Withdrawn, null);

    /// <summary>Ends an open ask without a person; false when it was not open any more.</summary>
    public bool End(PendingAsk pending, VerdictOutcome outcome, byte[]? reason, byte[]? by = null)
    {
        if (!pending.IsOpen)
        {
            return false;
        }

        var verdict = NotDecided(pending, outcome, reason);
        verdict = by is null ? verdict : verdict with { By = by };
        AskRecord.Write(_audit, pending.Ask, verdict, pending.Asker.Pid, pending.Times);
        _counters.Add(outcome.Counter());
        Close(pending, outcome);
        _ended.Add((pending, verdict));
        CarryOut(pending, verdict);
        return true;
    }

    /// <summary>A container is gone: nobody needs an answer for it any more.</summary>
    public void WithdrawContainer(ReadOnlySpan<byte> via, string container, string why)
    {
        var reason = Encoding.UTF8.GetBytes(why);
        foreach (var pending in _pending.All.ToArray())
        {
            if (pending.Principal.Container == container && pending.IsFrom(via))
            {
                End(pending, VerdictOutcome.Withdrawn, reason);
            }
        }
    }

    /// <summary>The daemon stops: what no connection waits for, and so does not end with one, ends on record, because nobody will find it again.</summary>
    public void EndUnattended()
    {
        _isStopping = true;
        foreach (var pending in _pending.All.Where(static pending => pending.Key is not null || pending.Waiters.Count == 0).ToArray())
        {
            End(pending, VerdictOutcome.Withdrawn, Stopped);
        }
    }

    /// <summary>Verdicts that were kept for who knows their key are not told any more.</summary>
    public void ForgetKept() => _kept.Clear();

    /// <summary>A person decides: from now on nothing else ends this ask, and <see cref="Finish"/> must.</summary>
    public void BeginDeciding(PendingAsk pending)
    {
        pending.State = PendingState.Deciding;
        pending.Expiry?.Cancel();
    }

    /// <summary>Answers everyone with a verdict that is on disk, or with null when it could not be put there.</summary>
    public int Finish(PendingAsk pending, Verdict? verdict, Asker decider, RequestId? grant)
    {
        var outcome = verdict?.Outcome ?? VerdictOutcome.Denied;
        Close(pending, outcome);
        var answered = pending.Waiters.Count;
        if (verdict is { } known)
        {
            _counters.Add(outcome.Counter());
            _events.Decided(pending, known, decider, grant);
            CarryOut(pending, known);
        }
        else
        {
            _events.Decided(pending, NotDecided(pending, VerdictOutcome.Withdrawn, NotRecorded), decider);
        }

        Answer(pending, verdict);
        return answered;
    }

    /// <summary>
    /// Told after each commit whether the records before it were written. Only then are waiting asks answered: a verdict
    /// that is not on record was never given, and an ask that is not on record was never opened.
    /// </summary>
    public void OnCommit(bool written)
    {
        if (_ended.Count + _opened.Count + _left.Count + _again.Count > 0)
        {
            Tell(written);
        }
    }

    public PendingAsk? FindById(RequestId id) => _pending.ById(id);

    public PendingAsk? FindById(RequestId id, ReadOnlySpan<byte> via) =>
        (_pending.ById(id) ?? _kept.ById(id)) is { } pending && pending.IsFrom(via) ? pending : null;

    public PendingAsk? FindByKey(string key, string via) => _pending.ByKey(key, via) ?? _kept.ByKey(key, via);

    /// <summary>The waiter that stands for an unanswered request of a connection.</summary>
    public Waiter? FindByRequest(object connection, byte[] request) => _pending.All
        .SelectMany(static pending => pending.Waiters)
        .FirstOrDefault(waiter => ReferenceEquals(waiter.Asker.Connection, connection) && request.AsSpan().SequenceEqual(waiter.Asker.Request));

    /// <summary>How an ask ended that does not wait any more; null when that is not known any more.</summary>
    public VerdictOutcome? FindClosed(RequestId id) => _closed.Find(id);

    /// <summary>The asks that wait and are on record, oldest first.</summary>
    public IEnumerable<PendingAsk> After(long number) => _pending.After(number).Where(static pending => pending.IsRecorded);

    private static Verdict NotDecided(PendingAsk pending, VerdictOutcome outcome, byte[]? reason) =>
        new(outcome, pending.Id, pending.Rule?.By ?? Undecided.ByDefault, reason, pending.Digest) { Changed = pending.Changed };

    private PendingAsk Open(PendingAsk pending, TimeSpan time)
    {
        MakeRoom(pending.Ask.Bytes);
        AskRecord.WriteAsked(_audit, pending);
        _opened.Add(pending);
        _pending.Add(pending);
        pending.Expiry = _timers.Schedule(time, () => Expire(pending));
        return pending;
    }

    private void CarryOut(PendingAsk pending, in Verdict verdict)
    {
        if (_effects.Wants(pending.Ask, verdict.Outcome))
        {
            _effects.CarryOut(new(pending.Ask, pending.Digest, verdict, pending.Rule, pending.Asker, pending.Principal) { FailedBefore = pending.Failed?.Attempts ?? 0 });
        }
    }

    /// <summary>
    /// A verdict that could not be carried out is open again, so that a further one tries again; unless the same ask waits
    /// already, or there is no place, or nobody whom it could help.
    /// </summary>
    private void Reopen(GivenVerdict given, EffectFailure failure)
    {
        var via = Encoding.UTF8.GetString(given.Ask.Via);
        if (!_isStopping
            && (given.Principal.Container is not { } container || Containers.IsRunning(via, container))
            && _pending.ById(given.Verdict.Id) is null
            && _pending.ByContent(given.Digest, given.Principal) is null
            && _budget.Take(given.Asker, via, given.Ask.Bytes) is null)
        {
            Open(new(given.Verdict.Id, ++_numbers, given.Ask, given.Digest, given.Rule, given.Asker, given.Principal, null, _clocks.DeadlineIn(_limits.FailedFor))
            {
                Asked = _clocks.Wall.GetUtcNow(),
                Failed = failure,
            }, _limits.FailedFor);
        }
    }

    /// <summary>A verdict was carried out: what is open because an equal one was not, is over.</summary>
    private void EndFailed(GivenVerdict given)
    {
        if (_pending.ByContent(given.Digest, given.Principal) is { Failed: not null, IsOpen: true, IsRecorded: true } pending)
        {
            var verdict = given.Verdict with { Id = pending.Id };
            AskRecord.Write(_audit, pending.Ask, verdict, pending.Asker.Pid, pending.Times);
            Close(pending, verdict.Outcome);
            _ended.Add((pending, verdict));
        }
    }

    private void Tell(bool written)
    {
        // Copies: an answer runs its handler on at once, which may come back here.
        var (ended, opened, left, again) = (_ended.ToArray(), _opened.ToArray(), _left.ToArray(), _again.ToArray());
        _ended.Clear();
        _opened.Clear();
        _left.Clear();
        _again.Clear();
        foreach (var pending in opened)
        {
            TellOpened(pending, written);
        }

        foreach (var (waiter, verdict) in left)
        {
            waiter.Answer(written ? verdict : null);
        }

        foreach (var pending in again.Where(static pending => pending.IsOpen && pending.IsRecorded))
        {
            _events.AskedAgain(pending);
        }

        foreach (var (pending, verdict) in ended)
        {
            if (pending.IsRecorded)
            {
                _events.Decided(pending, verdict);
            }

            Answer(pending, written ? verdict : null);
        }
    }

    private void TellOpened(PendingAsk pending, bool written)
    {
        pending.IsRecorded = written;
        if (!written && pending.IsOpen)
        {
            Close(pending, VerdictOutcome.Denied);
            Answer(pending, null);
        }
        else if (pending.IsOpen)
        {
            _events.Asked(pending);
        }
    }

    private void Answer(PendingAsk pending, Verdict? verdict)
    {
        pending.Answer(verdict);
        if (pending.Key is not null && verdict is { Outcome: VerdictOutcome.Allowed or VerdictOutcome.Denied })
        {
            _kept.Add(pending);
        }

        pending.Principal.Dispose();
    }

    private void MakeRoom(int bytes)
    {
        while (_pending.Count > 0 && (_pending.Count >= _limits.Pending || _pending.Bytes + bytes > _limits.PendingBytes))
        {
            var oldest = _pending.All.FirstOrDefault(static pending => pending.IsOpen);
            if (oldest is null || !End(oldest, VerdictOutcome.TimedOut, MadeRoom))
            {
                return;
            }
        }
    }

    private void Expire(PendingAsk pending) => End(pending, VerdictOutcome.TimedOut, null);

    private void Close(PendingAsk pending, VerdictOutcome outcome)
    {
        pending.State = PendingState.Closed;
        pending.Expiry?.Cancel();
        _pending.Remove(pending);
        _budget.Give(pending.Asker, pending.Via, pending.Ask.Bytes);
        _closed.Add(pending.Id, outcome);
    }
}
