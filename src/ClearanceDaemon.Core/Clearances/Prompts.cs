using System.Text;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>Puts a question before a person: into the prompt that already asks it, or into one of its own. For the reactor's thread.</summary>
internal sealed class Prompts(Desk desk, AskJudge judge)
{
    /// <summary>The prompt that the question now waits in; null with a fault when it may not. Takes over the principal in any case.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="judgement">Who left it open.</param>
    /// <param name="fault">Why it may not wait.</param>
    public PendingAsk? Ask(Question question, in Judgement judgement, out RpcError? fault)
    {
        var (ask, terms, principal) = (question.Ask, question.Terms, question.Principal);
        var digest = AskDigest.Compute(ask);
        var via = Encoding.UTF8.GetString(ask.Via);
        var pending = desk.FindSame(digest, principal, terms.Key, via);
        fault = null;
        if (pending is not null && !pending.Digest.AsSpan().SequenceEqual(digest))
        {
            fault = new(RpcErrorCode.InvalidParams, "another ask has this key") { Member = "key" };
        }
        else if (pending is not null)
        {
            desk.Join(pending, question.Asker);
        }
        else if (desk.TakePlace(question.Asker, via, ask) is { } retryAfter)
        {
            fault = new(RpcErrorCode.Busy, "too many asks of this program or socket wait for a person") { RetryAfter = retryAfter };
        }
        else
        {
            return desk.Open(ask, digest, judgement.Rule, terms, question.Asker, principal, judge.Changed(ask, judgement.Rule));
        }

        principal.Dispose();
        return fault is null ? pending : null;
    }
}
