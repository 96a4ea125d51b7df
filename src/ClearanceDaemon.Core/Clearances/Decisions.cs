using System.Text;
using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Grants;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>
/// What a person's verdict does, in this order: it is checked against the ask that was shown, then on disk in the audit,
/// then on disk as a grant, and only then is anyone answered. Whatever fails on the way allows nothing. For the reactor's
/// thread.
/// </summary>
internal sealed class Decisions(Desk desk, GrantDesk grants, Containers containers, AuditLog audit, Func<RuleSet> rules, Lockdown lockdown, bool selfApproval)
{
    private static readonly byte[] ByOperator = "operator"u8.ToArray();

    public async Task<DecisionResult> DecideAsync(DecisionOrder order, Asker decider)
    {
        var pending = Find(order, out var fault);
        if (pending is null || (fault = Unfit(pending, order, out var match)) is not null)
        {
            return fault!;
        }

        if (order.Allows)
        {
            if (await RefusalAsync(pending, decider) is { } refused)
            {
                return refused;
            }

            // Whatever else happened meanwhile, the first verdict counts.
            if (Find(order, out fault) is null)
            {
                return fault!;
            }
        }

        return await RecordAsync(pending, order, match, decider);
    }

    private PendingAsk? Find(DecisionOrder order, out DecisionResult? fault)
    {
        fault = null;
        if (desk.FindById(order.Id) is not { IsRecorded: true, State: not PendingState.Closed } pending)
        {
            fault = Ended(order.Id);
        }
        else if (!pending.Digest.AsSpan().SequenceEqual(order.Digest))
        {
            fault = DecisionResult.Refused(RpcErrorCode.DigestMismatch, "this is not the digest of the ask that waits; look at it again: clearance pending", "digest");
        }
        else if (pending.Deadline.IsPast)
        {
            desk.End(pending, VerdictOutcome.TimedOut, null);
            fault = Ended(order.Id);
        }
        else if (!pending.IsOpen)
        {
            fault = DecisionResult.Refused(RpcErrorCode.UnknownRequest, "somebody else has just decided this ask");
        }
        else
        {
            return pending;
        }

        return null;
    }

    private DecisionResult Ended(RequestId id) => desk.FindClosed(id) switch
    {
        VerdictOutcome.TimedOut => DecisionResult.Refused(RpcErrorCode.Expired, "this ask was not answered in time; it was not allowed"),
        VerdictOutcome.Withdrawn => DecisionResult.Refused(RpcErrorCode.UnknownRequest, "this ask was withdrawn; its asker is gone"),
        { } outcome => DecisionResult.Refused(RpcErrorCode.UnknownRequest, $"this ask was decided before: {Encoding.UTF8.GetString(outcome.Name())}"),
        _ => DecisionResult.Refused(RpcErrorCode.UnknownRequest, "no ask of this id waits; see: clearance pending"),
    };

    /// <summary>What is wrong with the order for this ask, as far as it can be told at once.</summary>
    private DecisionResult? Unfit(PendingAsk pending, DecisionOrder order, out GrantMatch? match)
    {
        match = null;
        // A plain no makes nothing that a rule would have to offer.
        var isPlainNo = !order.Allows && order.Scope.Kind == GrantScopes.Once;
        if (order.Scope.Fault(isPlainNo ? null : pending.Rule) is { } wrong)
        {
            return DecisionResult.Refused(RpcErrorCode.InvalidParams, wrong, "scope");
        }

        if (lockdown.IsOn)
        {
            return DecisionResult.Refused(RpcErrorCode.Forbidden, "everything is locked down; lift it first: clearance lockdown off");
        }

        if (order.Scope.Kind == GrantScopes.Once)
        {
            return order.Bind is null ? null : DecisionResult.Refused(RpcErrorCode.InvalidParams, "bind goes with a grant, and once makes none", "bind");
        }

        if (order.Scope.Kind == GrantScopes.UntilExit && !CanBeSeenToExit(pending))
        {
            return DecisionResult.Refused(
                RpcErrorCode.InvalidParams, "the asking process or container has exited, or this kernel cannot tell when it does (Linux 6.9 can); choose another scope", "scope");
        }

        match = GrantMatch.TryBind(pending.Ask, order.Bind, out var fault);
        return match is not null ? null : DecisionResult.Refused(RpcErrorCode.InvalidParams, fault!, "bind");
    }

    private bool CanBeSeenToExit(PendingAsk pending) => pending.Principal.Container is { } container
        ? containers.IsRunning(pending.Via, container)
        : pending.Principal.Inode is not null && pending.Principal.IsAlive();

    /// <summary>Why this may not be allowed now, looked up away from the reactor's thread; null when it may.</summary>
    private async Task<DecisionResult?> RefusalAsync(PendingAsk pending, Asker decider)
    {
        var (ask, set, principal) = (pending.Ask, rules(), pending.Principal);
        var askers = pending.Waiters.Select(static waiter => waiter.Asker).Append(pending.Asker).Distinct().ToArray();
        var lifted = selfApproval || pending.Rule?.SelfApproval == true;
        var (decided, refusal, changed) = await Task.Run(() => (
            set.Decide(ask, ObservedFacts.Of(pending.Asker.Process)),
            SelfApproval.Refusal(decider.Process, decider.Pid, [.. askers.Select(static asker => asker.Process)], principal, lifted),
            principal.HasChanged()));
        if (decided.Decision == Decision.Deny)
        {
            desk.End(pending, VerdictOutcome.Denied, decided.Rule!.ReasonUtf8, decided.Rule.By);
            return DecisionResult.Refused(RpcErrorCode.Forbidden, $"rule {decided.Rule.Id} denies this by now, and no verdict beats that");
        }

        if (refusal is not null)
        {
            AskRecord.WriteRefusedVerdict(audit, pending, decider, refusal);
            return DecisionResult.Refused(RpcErrorCode.Forbidden, refusal);
        }

        return changed
            ? DecisionResult.Refused(RpcErrorCode.Forbidden, "the asking process runs another program now than when it asked; deny this, and let it ask again")
            : null;
    }

    private async Task<DecisionResult> RecordAsync(PendingAsk pending, DecisionOrder order, GrantMatch? match, Asker decider)
    {
        desk.BeginDeciding(pending);
        var outcome = order.Allows ? VerdictOutcome.Allowed : VerdictOutcome.Denied;
        RequestId? id = match is null ? null : desk.NewId();
        var verdict = new Verdict(outcome, pending.Id, ByOperator, order.Reason, pending.Digest) { Changed = pending.Changed };
        AskRecord.Write(audit, pending.Ask, verdict, pending.Asker.Pid, pending.Times, new PersonsDecision(decider, order, id));
        audit.RequestAnchor(AnchorReason.Verdict);
        var grant = id is { } known ? grants.Make(known, pending, order, match!, audit.LastSeq) : null;
        if (!await audit.Durable())
        {
            desk.Finish(pending, null, decider, null);
            return DecisionResult.Refused(RpcErrorCode.Unavailable, "the verdict could not be put on record, so there is none; see: clearance status");
        }

        if (lockdown.IsOn)
        {
            return Overrule(pending, decider, grant);
        }

        if (grant is not null && await grants.AddAsync(grant) is { } why)
        {
            desk.Finish(pending, null, decider, null);
            return DecisionResult.Refused(RpcErrorCode.Unavailable, $"the grant could not be kept, so there is no verdict: {why}");
        }

        if (grant?.Container is { } container && !containers.IsRunning(pending.Via, container))
        {
            // Its end came while the grant was on its way to the disk, and does not come again.
            grants.OnContainerGone(pending.Ask.Via, container);
        }

        verdict = verdict with { Expires = order.Allows ? grant?.ExpiresWall : null };
        return DecisionResult.Stands(outcome, desk.Finish(pending, verdict, decider, id), grant);
    }

    /// <summary>Everything was locked down while the verdict was on its way to the disk: nobody was told of it, and nobody will be.</summary>
    private DecisionResult Overrule(PendingAsk pending, Asker decider, Grant? grant)
    {
        if (grant is not null)
        {
            grants.NotKept(grant);
        }

        var denial = lockdown.Denial(pending.Id, pending.Digest);
        AskRecord.Write(audit, pending.Ask, denial, pending.Asker.Pid, pending.Times);
        desk.Finish(pending, denial, decider, null);
        return DecisionResult.Refused(RpcErrorCode.Forbidden, "everything was locked down meanwhile, and this ask was denied");
    }
}
