using System.Text;
using ClearanceDaemon.Core.Grants;
using ClearanceDaemon.Core.Rules;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>
/// What is said to an ask without a person: lockdown first, then the rules, then the grants, which answer only what the
/// rules leave to a person; then, where no person can be asked, the rule's whenNobody. For the reactor's thread.
/// </summary>
internal sealed class AskJudge(Desk desk, Func<RuleSet> rules, GrantDesk grants, Lockdown lockdown)
{
    private static readonly Func<Grant, bool> NotKnownYet = static _ => false;

    /// <summary>The answer where it can be had at once; false when something has to be looked at, or a person asked.</summary>
    public bool TryJudge(AskMembers ask, in AskTerms terms, int? pid, out Verdict verdict)
    {
        verdict = default;
        if (lockdown.IsOn)
        {
            verdict = desk.Settle(ask, lockdown.Denial(desk.NewId(), AskDigest.Compute(ask)), pid);
            return true;
        }

        var decided = rules().Decide(ask);
        if (decided.NeedsObserved)
        {
            return false;
        }

        if (decided.Decision != Decision.Ask)
        {
            verdict = desk.Settle(ask, Undecided.Verdict(decided, desk.NewId(), null), pid);
            return true;
        }

        var found = grants.Find(ask, decided.Rule, NotKnownYet);
        if (found.Fits is { } grant)
        {
            // A denial until the exit of a process beats it, and whose ask this is has yet to be looked at.
            var mayBeBeaten = grant.Verdict == GrantVerdict.Allow && grants.HasUntilExit;
            return !GrantDesk.NeedsWork(grant) && !mayBeBeaten && Settle(ask, grant, pid, out verdict);
        }

        if (MayWait(ask, decided, terms) || grants.HasUntilExit)
        {
            return false;
        }

        verdict = desk.Settle(ask, Undecided.Verdict(decided, desk.NewId(), AskDigest.Compute(ask), found.Changed), pid);
        return true;
    }

    /// <summary>The answer once everything was looked at.</summary>
    public async Task<Judgement> JudgeAsync(AskMembers ask, RuleVerdict decided, AskTerms terms, Principal principal, int? pid)
    {
        while (true)
        {
            if (lockdown.IsOn)
            {
                return desk.Settle(ask, lockdown.Denial(desk.NewId(), AskDigest.Compute(ask)), pid);
            }

            if (decided.Decision != Decision.Ask)
            {
                return desk.Settle(ask, Undecided.Verdict(decided, desk.NewId(), null), pid);
            }

            var found = grants.Find(ask, decided.Rule, grant => GrantDesk.IsFor(grant, principal));
            if (found.Fits is null)
            {
                return MayWait(ask, decided, terms)
                    ? Judgement.AskPerson
                    : desk.Settle(ask, Undecided.Verdict(decided, desk.NewId(), AskDigest.Compute(ask), found.Changed), pid);
            }

            if (await grants.TakeAsync(found.Fits) is not { } why)
            {
                _ = Settle(ask, found.Fits, pid, out var verdict);
                return verdict;
            }

            // The last use may have been taken by another ask while ours was on its way to the disk: then look again. A
            // grant that still stands failed at the disk, which the next try would too.
            if (grants.Stands(found.Fits))
            {
                return Judgement.Failed($"the grant's use could not be kept, so it was not taken: {why}");
            }
        }
    }

    /// <summary>Which members differ from a grant that almost fitted.</summary>
    public string[]? Changed(AskMembers ask, Rule? rule) => grants.Find(ask, rule, NotKnownYet).Changed;

    /// <summary>
    /// Whether a person may be asked: one is there or the rule waits for one, and the asker waits at all; or one was asked
    /// under this key before.
    /// </summary>
    private bool MayWait(AskMembers ask, in RuleVerdict decided, in AskTerms terms) =>
        ((desk.IsOperatorPresent || decided.Rule?.WhenNobody == WhenNobody.Wait) && (terms.Wait > TimeSpan.Zero || terms.Key is not null))
        || (terms.Key is not null && desk.FindByKey(terms.Key, Encoding.UTF8.GetString(ask.Via)) is not null);

    private bool Settle(AskMembers ask, Grant grant, int? pid, out Verdict verdict)
    {
        var outcome = grant.Verdict == GrantVerdict.Allow ? VerdictOutcome.Allowed : VerdictOutcome.Denied;
        verdict = desk.Settle(ask, new(outcome, desk.NewId(), grant.By, null, AskDigest.Compute(ask)) { Expires = grant.ExpiresWall }, pid);
        return true;
    }
}
