using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Metrics;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Core.Time;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>
/// Where a decision becomes an answer: records it, or keeps the ask open while it waits. Nobody is there to answer yet,
/// so an ask that no rule decides ends as its rule's whenNobody says. For the reactor's thread.
/// </summary>
internal sealed class Desk(AuditLog audit, TurnTimers timers, TimeProvider clock, Counters counters, DeskLimits limits)
{
    private static readonly byte[] ByDefault = "default"u8.ToArray();
    private static readonly byte[] NobodyThere = "nobody is there to answer"u8.ToArray();
    private readonly RequestIds _ids = new();
    private readonly Dictionary<RequestId, PendingAsk> _pending = [];
    private readonly List<PendingAsk> _opened = [];
    private readonly List<(PendingAsk Ask, Verdict Verdict)> _decided = [];

    /// <summary>How many asks wait.</summary>
    public int PendingCount => _pending.Values.Count(static ask => ask.IsOpen);

    /// <summary>True when one more ask of a socket may wait.</summary>
    public bool HasRoom(ReadOnlySpan<byte> via)
    {
        if (_pending.Count >= limits.Pending)
        {
            return false;
        }

        var ofVia = 0;
        foreach (var pending in _pending.Values)
        {
            ofVia += pending.IsFrom(via) ? 1 : 0;
        }

        return ofVia < limits.PendingPerVia;
    }

    /// <summary>True when what was decided has to wait for a person.</summary>
    public static bool MustWait(in RuleVerdict decided, in AskTerms terms) =>
        decided is { Decision: Decision.Ask, Rule.WhenNobody: WhenNobody.Wait } && (terms.Wait > TimeSpan.Zero || terms.Key is not null);

    /// <summary>Records an ask that is answered at once and returns the answer.</summary>
    public Verdict Settle(AskMembers ask, in RuleVerdict decided, int? pid)
    {
        var digest = decided.Decision == Decision.Ask ? AskDigest.Compute(ask) : null;
        var verdict = new Verdict(Outcome(decided), _ids.Next(), decided.Rule?.By ?? ByDefault, Reason(decided), digest);
        AskRecord.Write(audit, ask, verdict, pid);
        counters.Add(verdict.Outcome.Counter());
        return verdict;
    }

    /// <summary>Opens an ask that waits; it takes over the copy it is given.</summary>
    public PendingAsk Open(AskMembers ask, Rule? rule, in AskTerms terms, Asker asker)
    {
        var longest = rule?.Deadline ?? (terms.Key is null ? terms.Wait : limits.KeptFor);
        var time = terms.Key is null && terms.Wait < longest ? terms.Wait : longest;
        var pending = new PendingAsk(_ids.Next(), ask, AskDigest.Compute(ask), rule, asker, terms.Key, clock.GetUtcNow() + time);
        AskRecord.WriteAsked(audit, pending);
        _opened.Add(pending);
        _pending.Add(pending.Id, pending);
        pending.Expiry = timers.Schedule(time, () => Expire(pending));
        return pending;
    }

    /// <summary>The verdict on an ask, or <c>timed_out</c> when this waiter's own time is up first; null when it could not be recorded.</summary>
    public Task<Verdict?> WhenDecided(PendingAsk pending, TimeSpan wait, CancellationToken gone)
    {
        if (pending.Verdict is { } known)
        {
            return Task.FromResult<Verdict?>(known);
        }

        var timedOut = new Verdict(VerdictOutcome.TimedOut, pending.Id, NotDecided(pending), null, pending.Digest);
        return new Waiter(pending, timers, wait, timedOut, gone).Task;
    }

    /// <summary>
    /// Told after each commit whether the records before it were written. Only then are waiting asks answered: a verdict
    /// that is not on record was never given, and an ask that is not on record was never opened.
    /// </summary>
    public void OnCommit(bool written)
    {
        if (_decided.Count + _opened.Count == 0)
        {
            return;
        }

        // Copies: an answer runs its handler on at once, which may come back here.
        var (decided, opened) = (_decided.ToArray(), _opened.ToArray());
        _decided.Clear();
        _opened.Clear();
        foreach (var (pending, verdict) in decided)
        {
            pending.Answer(written ? verdict : null);
        }

        foreach (var pending in opened.Where(pending => !written && pending.IsOpen))
        {
            pending.IsOpen = false;
            Forget(pending);
            pending.Answer(null);
        }
    }

    /// <summary>Takes an ask back; true when it was still open.</summary>
    public bool Withdraw(PendingAsk pending) => Close(pending, VerdictOutcome.Withdrawn, NotDecided(pending), null);

    public PendingAsk? FindById(RequestId id, ReadOnlySpan<byte> via) =>
        _pending.TryGetValue(id, out var pending) && pending.IsFrom(via) ? pending : null;

    public PendingAsk? FindByKey(string key, ReadOnlySpan<byte> via)
    {
        foreach (var pending in _pending.Values)
        {
            if (pending.Key == key && pending.IsFrom(via))
            {
                return pending;
            }
        }

        return null;
    }

    public PendingAsk? FindByRequest(object connection, ReadOnlySpan<byte> request)
    {
        foreach (var pending in _pending.Values)
        {
            if (ReferenceEquals(pending.Asker.Connection, connection) && request.SequenceEqual(pending.Asker.Request))
            {
                return pending;
            }
        }

        return null;
    }

    private static byte[] NotDecided(PendingAsk pending) => pending.Rule?.By ?? ByDefault;

    public static VerdictOutcome Outcome(in RuleVerdict decided) => decided.Decision switch
    {
        Decision.Allow => VerdictOutcome.Allowed,
        Decision.Deny => VerdictOutcome.Denied,
        _ => (decided.Rule?.WhenNobody ?? WhenNobody.NoOperator) switch
        {
            WhenNobody.Deny => VerdictOutcome.Denied,
            WhenNobody.Abstain => VerdictOutcome.Abstained,
            WhenNobody.Wait => VerdictOutcome.TimedOut,
            _ => VerdictOutcome.NoOperator,
        },
    };

    private static byte[]? Reason(in RuleVerdict decided) => decided switch
    {
        { Decision: Decision.Allow } => null,
        { Decision: Decision.Ask, Rule.WhenNobody: WhenNobody.Deny } => decided.Rule.ReasonUtf8 ?? NobodyThere,
        _ => decided.Rule?.ReasonUtf8,
    };

    private void Expire(PendingAsk pending) => Close(pending, VerdictOutcome.TimedOut, NotDecided(pending), null);

    private bool Close(PendingAsk pending, VerdictOutcome outcome, byte[] by, byte[]? reason)
    {
        if (!pending.IsOpen)
        {
            return false;
        }

        var verdict = new Verdict(outcome, pending.Id, by, reason, pending.Digest);
        AskRecord.Write(audit, pending.Ask, verdict, pending.Asker.Pid);
        counters.Add(outcome.Counter());
        pending.IsOpen = false;
        _decided.Add((pending, verdict));
        Forget(pending);
        return true;
    }

    private void Forget(PendingAsk pending)
    {
        pending.Expiry?.Cancel();
        _pending.Remove(pending.Id);
    }
}
