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

    /// <summary>How many asks wait.</summary>
    public int PendingCount => _pending.Values.Count(static ask => ask.IsOpen);

    /// <summary>True when one more ask may wait.</summary>
    public bool HasRoom => _pending.Count < limits.Pending;

    /// <summary>True when what was decided has to wait for a person.</summary>
    public static bool MustWait(in RuleVerdict decided, in AskTerms terms) =>
        decided is { Decision: Decision.Ask, Rule.WhenNobody: WhenNobody.Wait } && (terms.Wait > TimeSpan.Zero || terms.Key is not null);

    /// <summary>Records an ask that is answered at once and returns the answer.</summary>
    public Verdict Settle(AskMembers ask, in RuleVerdict decided, int? pid)
    {
        var digest = decided.Decision == Decision.Ask ? AskDigest.Compute(ask) : null;
        var verdict = new Verdict(Outcome(decided), _ids.Next(), decided.Rule?.By ?? ByDefault, Reason(decided), digest);
        counters.Add(verdict.Outcome.Counter());
        AskRecord.Write(audit, ask, verdict, pid);
        return verdict;
    }

    /// <summary>Opens an ask that waits; it takes over the copy it is given.</summary>
    public PendingAsk Open(AskMembers ask, Rule? rule, in AskTerms terms, Asker asker)
    {
        var longest = rule?.Deadline ?? (terms.Key is null ? terms.Wait : Max(terms.Wait, limits.KeptFor));
        var time = terms.Key is null && terms.Wait < longest ? terms.Wait : longest;
        var pending = new PendingAsk(_ids.Next(), ask, AskDigest.Compute(ask), rule, asker, terms.Key, clock.GetUtcNow() + time);
        _pending.Add(pending.Id, pending);
        AskRecord.WriteAsked(audit, pending);
        pending.Expiry = timers.Schedule(time, () => Expire(pending));
        return pending;
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

    private static TimeSpan Max(TimeSpan x, TimeSpan y) => x > y ? x : y;

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

    // A kept ask can still be fetched until its deadline; then it is forgotten.
    private void Expire(PendingAsk pending)
    {
        Close(pending, VerdictOutcome.TimedOut, NotDecided(pending), null);
        _pending.Remove(pending.Id);
    }

    private bool Close(PendingAsk pending, VerdictOutcome outcome, byte[] by, byte[]? reason)
    {
        if (!pending.IsOpen)
        {
            return false;
        }

        var verdict = new Verdict(outcome, pending.Id, by, reason, pending.Digest);
        counters.Add(outcome.Counter());
        AskRecord.Write(audit, pending.Ask, verdict, pending.Asker.Pid);
        pending.Close(verdict);
        if (pending.Key is null)
        {
            pending.Expiry?.Cancel();
            _pending.Remove(pending.Id);
        }

        return true;
    }
}
