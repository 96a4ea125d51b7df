using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Metrics;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Handlers;

/// <summary><c>clearance.ask</c>: may I do this? Answered in place when rules or a grant decide it, or nobody can be asked.</summary>
internal sealed class AskHandler(Desk desk, AskJudge judge, RulesInForce rules, AuditLog audit, Counters counters) : IRequestHandler
{
    private readonly AskReader _reader = new();
    private readonly AskMembers _members = new();

    public string Method => MethodNames.Ask;

    public CallerRoles Callers => CallerRoles.Any;

    public ValueTask HandleAsync(RequestContext request)
    {
        if (request.Params.Length > ProtocolLimits.AskLineBytes)
        {
            request.Fail(RpcErrorCode.TooLarge, "an ask fits the line of an ask socket, also when an operator asks");
            return ValueTask.CompletedTask;
        }

        if (_reader.Read(request.Params, _members, withVia: false, out var terms) is { } fault)
        {
            request.Fail(RpcErrorCode.InvalidParams, fault.Message, fault.Member);
            return ValueTask.CompletedTask;
        }

        if (CannotDecide is { } why)
        {
            counters.Add(Counter.Unavailable);
            request.Fail(RpcErrorCode.Unavailable, why);
            return ValueTask.CompletedTask;
        }

        _members.Set(AskMember.Via, request.Caller.ViaUtf8);
        _members.Uid = request.Caller.Credentials.Uid;
        if (judge.TryJudge(_members, terms, request.Caller.Credentials.Pid, out var verdict))
        {
            AskReply.Write(request, verdict);
            return ValueTask.CompletedTask;
        }

        return new(LookAndJudgeAsync(request, _members.Copy(), terms));
    }

    private string? CannotDecide
    {
        get
        {
            if (rules.State == RuleStoreState.Bad)
            {
                return "the rules cannot be read, so nothing is decided; run: clearance rules check";
            }

            return audit.Available ? null : "the audit log cannot be written, so nothing is decided; see: clearance status";
        }
    }

    private async Task LookAndJudgeAsync(RequestContext request, AskMembers ask, AskTerms terms)
    {
        var (process, credentials, set) = (request.Caller.Process, request.Caller.Credentials, rules.Current);

        // /proc and the files of rules may be slow or stuck: never on the reactor's thread.
        var (decided, principal) = await Task.Run(() =>
            (set.Decide(ask, ObservedFacts.Of(process)), Principal.Resolve(process, credentials, ask[AskMember.As])));
        while (!ReferenceEquals(set, rules.Current))
        {
            // Other rules came into force meanwhile: what the old ones allowed they may deny.
            set = rules.Current;
            decided = await Task.Run(() => set.Decide(ask, ObservedFacts.Of(process)));
        }

        var judgement = await judge.JudgeAsync(ask, decided, terms, principal, credentials.Pid);
        if (judgement is not { Verdict: null, Fault: null })
        {
            principal.Dispose();
            Answer(request, judgement);
            return;
        }

        await WaitAsync(request, ask, decided.Rule, terms, request.AsAsker(), principal);
    }

    private void Answer(RequestContext request, Judgement judgement)
    {
        if (judgement.Verdict is { } verdict)
        {
            AskReply.Write(request, verdict);
        }
        else
        {
            counters.Add(Counter.Unavailable);
            request.Fail(RpcErrorCode.Unavailable, judgement.Fault!);
        }
    }

    private async Task WaitAsync(RequestContext request, AskMembers ask, Rule? rule, AskTerms terms, Asker asker, Principal principal)
    {
        var digest = AskDigest.Compute(ask);
        var pending = desk.FindSame(digest, principal, terms.Key, request.Caller.Via);
        if (pending is not null && !pending.Digest.AsSpan().SequenceEqual(digest))
        {
            principal.Dispose();
            request.Fail(RpcErrorCode.InvalidParams, "another ask has this key", "key");
            return;
        }

        if (pending is not null)
        {
            principal.Dispose();
            desk.Join(pending, asker);
        }
        else if (desk.TakePlace(asker, request.Caller.Via, ask) is { } retryAfter)
        {
            principal.Dispose();
            counters.Add(Counter.Busy);
            request.Fail(RpcErrorCode.Busy, "too many asks of this program or socket wait for a person", null, retryAfter);
            return;
        }
        else
        {
            pending = desk.Open(ask, digest, rule, terms, asker, principal, judge.Changed(ask, rule));
        }

        AskReply.NotifyAsked(request, pending);
        request.WaitsForPerson = true;
        AskReply.WriteRecorded(request, await desk.WhenDecided(pending, asker, terms.Wait, request.Aborted));
    }
}
