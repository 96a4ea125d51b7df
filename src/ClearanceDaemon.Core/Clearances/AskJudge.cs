using System.Diagnostics;
using System.Text;
using ClearanceDaemon.Core.Grants;
using ClearanceDaemon.Core.Rules;
using UnixPeers;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>
/// What is said to an ask without a person: lockdown first, then the rules, then the grants, then the handlers, which both
/// answer only what the rules leave to a person; then, where no person can be asked, the rule's whenNobody. For the
/// reactor's thread.
/// </summary>
internal sealed class AskJudge(Desk desk, Func<RuleSet> rules, GrantDesk grants, IDeciders deciders, Lockdown lockdown)
{
    private static readonly Func<Grant, bool> NotKnownYet = static _ => false;

    /// <summary>The answer where it can be had at once; false when something has to be looked at, or somebody asked.</summary>
    public bool TryJudge(AskMembers ask, in AskTerms terms, PeerCredentials peer, out Verdict verdict)
    {
        verdict = default;
        var decided = lockdown.IsOn ? default : rules().Decide(ask);
        if (decided.NeedsObserved)
        {
            return false;
        }

        if (WithoutGrants(ask, decided) is { } said)
        {
            verdict = desk.Settle(ask, said, peer, Open(decided));
            return true;
        }

        var found = grants.Find(ask, decided.Rule, NotKnownYet);
        if (found.Fits is { } grant)
        {
            // A denial until the exit of a process beats it, and whose ask this is has yet to be looked at.
            var mayBeBeaten = grant.Verdict == GrantVerdict.Allow && grants.HasUntilExit;
            if (!GrantDesk.NeedsWork(grant) && !mayBeBeaten)
            {
                verdict = desk.Settle(ask, Of(grant, ask), peer, Open(decided));
                return true;
            }

            return false;
        }

        if (MayWait(ask, decided, terms) || grants.HasUntilExit || MayConsult(ask, decided.Rule, terms))
        {
            return false;
        }

        verdict = desk.Settle(ask, Undecided.Verdict(decided, desk.NewId(), AskDigest.Compute(ask), found.Changed), peer, Open(decided));
        return true;
    }

    /// <summary>The answer once everything was looked at, and handlers were asked that decide in a person's stead.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="set">The rules it was looked at with.</param>
    /// <param name="decided">What they say.</param>
    public async Task<Judgement> JudgeAsync(Question question, RuleSet set, RuleVerdict decided)
    {
        var (ask, peer, principal) = (question.Ask, question.Peer, question.Principal);
        HandlersVerdict? said = null;
        var (asked, spent) = (false, TimeSpan.Zero);
        while (true)
        {
            if (!ReferenceEquals(set, rules()))
            {
                // Other rules came into force meanwhile: what the old ones allowed, or whom they asked, they may not.
                set = rules();
                decided = await Task.Run(() => question.Judge(set));
                (said, asked) = (null, false);
                continue;
            }

            if (WithoutGrants(ask, decided) is { } verdict)
            {
                return desk.Settle(ask, verdict, peer, Open(decided), principal);
            }

            var found = grants.Find(ask, decided.Rule, grant => GrantDesk.IsFor(grant, principal));
            if (found.Fits is not null)
            {
                if (await TakeAsync(found.Fits, question, decided) is { } judgement)
                {
                    return judgement;
                }
            }
            else if (!asked && MayConsult(ask, decided.Rule, question.Terms))
            {
                asked = true;
                var since = Stopwatch.GetTimestamp();
                said = await deciders.DecideAsync(ask, AskDigest.Compute(ask), decided.Rule, peer, question.Terms.Wait - spent);
                spent += Stopwatch.GetElapsedTime(since);
            }
            else
            {
                return End(question, decided, said, found.Changed, spent);
            }
        }
    }

    /// <summary>What lockdown or the rules say; null when they leave it to a grant, a handler or a person.</summary>
    private Verdict? WithoutGrants(AskMembers ask, in RuleVerdict decided)
    {
        if (lockdown.IsOn)
        {
            return lockdown.Denial(desk.NewId(), AskDigest.Compute(ask));
        }

        return decided.Decision == Decision.Ask ? null : Undecided.Verdict(decided, desk.NewId(), null);
    }

    /// <summary>What is left when neither rules nor grants answer: a handler's word, a person, or what the rule says when there is none.</summary>
    private Judgement End(Question question, in RuleVerdict decided, HandlersVerdict? said, string[]? changed, TimeSpan spent)
    {
        var (ask, digest) = (question.Ask, AskDigest.Compute(question.Ask));
        if (question.Gone.IsCancellationRequested)
        {
            return desk.Settle(ask, new(VerdictOutcome.Withdrawn, desk.NewId(), decided.Rule?.By ?? Undecided.ByDefault, null, digest), question.Peer, Open(decided), question.Principal);
        }

        if (said is not null)
        {
            return desk.Settle(ask, new(said.Outcome, desk.NewId(), said.By, said.Reason, digest), question.Peer, Open(decided), question.Principal);
        }

        return MayWait(ask, decided, question.Terms)
            ? Judgement.AskPerson(decided.Rule, spent)
            : desk.Settle(ask, Undecided.Verdict(decided, desk.NewId(), digest, changed), question.Peer, Open(decided), question.Principal);
    }

    /// <summary>Answers by a grant; null when it does not stand any more, and everything is to be looked at again.</summary>
    private async Task<Judgement?> TakeAsync(Grant grant, Question question, RuleVerdict decided)
    {
        if (await grants.TakeAsync(grant) is not { } why)
        {
            return desk.Settle(question.Ask, Of(grant, question.Ask), question.Peer, Open(decided), question.Principal);
        }

        // The last use may have been taken by another ask while ours was on its way to the disk: then look again. A
        // grant that still stands failed at the disk, which the next try would too.
        return grants.Stands(grant) ? Judgement.Failed($"the grant's use could not be kept, so it was not taken: {why}") : null;
    }

    /// <summary>Which members differ from a grant that almost fitted.</summary>
    public string[]? Changed(AskMembers ask, Rule? rule) => grants.Find(ask, rule, NotKnownYet).Changed;

    /// <summary>
    /// Whether a person may be asked: one is there or the rule waits for one, and the asker waits at all; or one was asked
    /// under this key before.
    /// </summary>
    private bool MayWait(AskMembers ask, in RuleVerdict decided, in AskTerms terms) =>
        terms.IsReported
            ? decided.Rule?.WhenNobody is not (WhenNobody.Deny or WhenNobody.Abstain) || desk.IsOperatorPresent
            : ((desk.IsOperatorPresent || decided.Rule?.WhenNobody == WhenNobody.Wait) && (terms.Wait > TimeSpan.Zero || terms.Key is not null))
                || (terms.Key is not null && desk.FindByKey(terms.Key, Encoding.UTF8.GetString(ask.Via)) is not null);

    /// <summary>Whether a handler may be asked: one decides this, and the asker waits at all.</summary>
    private bool MayConsult(AskMembers ask, Rule? rule, in AskTerms terms) => terms.Wait > TimeSpan.Zero && deciders.MayDecide(ask.Action, rule);

    /// <summary>The rule that leaves an ask open: what it offers holds also for a verdict on a second try.</summary>
    private static Rule? Open(in RuleVerdict decided) => decided.Decision == Decision.Ask ? decided.Rule : null;

    private Verdict Of(Grant grant, AskMembers ask)
    {
        var outcome = grant.Verdict == GrantVerdict.Allow ? VerdictOutcome.Allowed : VerdictOutcome.Denied;
        return new(outcome, desk.NewId(), grant.By, null, AskDigest.Compute(ask)) { Expires = grant.ExpiresWall };
    }
}
