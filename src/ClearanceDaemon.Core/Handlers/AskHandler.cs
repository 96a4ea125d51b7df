using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Metrics;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Handlers;

/// <summary><c>clearance.ask</c>: may I do this? Answered in place when rules or a grant decide it, or nobody can be asked.</summary>
internal sealed class AskHandler(Desk desk, AskJudge judge, Prompts prompts, RulesInForce rules, AuditLog audit, Counters counters) : IRequestHandler
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
        if (judge.TryJudge(_members, terms, request.Caller.Credentials, out var verdict))
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
        var (asker, gone, set) = (request.AsAsker(), request.Aborted, rules.Current);

        // /proc and the files of rules may be slow or stuck: never on the reactor's thread.
        var (decided, principal) = await Task.Run(() =>
            (set.Decide(ask, ObservedFacts.Of(asker.Process)), Principal.Resolve(asker.Process, asker.Credentials, ask[AskMember.As])));
        var question = new Question(ask, terms, asker, principal, gone);
        var judgement = await judge.JudgeAsync(question, set, decided);
        if (!judgement.IsOpen)
        {
            principal.Dispose();
            Answer(request, judgement);
            return;
        }

        var left = terms.Wait - judgement.Spent;
        await WaitAsync(request, question with { Terms = terms with { Wait = left > TimeSpan.Zero ? left : TimeSpan.Zero } }, judgement);
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

    private async Task WaitAsync(RequestContext request, Question question, Judgement judgement)
    {
        if (prompts.Ask(question, judgement, out var fault) is not { } pending)
        {
            counters.Add(fault!.Code == RpcErrorCode.Busy ? Counter.Busy : Counter.BadRequests);
            request.Fail(fault.Code, fault.Message, fault.Member, fault.RetryAfter);
            return;
        }

        AskReply.NotifyAsked(request, pending);
        request.WaitsForPerson = true;
        AskReply.WriteRecorded(request, await desk.WhenDecided(pending, question.Asker, question.Terms.Wait, request.Aborted));
    }
}
