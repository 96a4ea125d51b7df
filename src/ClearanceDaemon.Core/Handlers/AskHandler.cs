using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Metrics;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Handlers;

/// <summary><c>clearance.ask</c>: may I do this? Answered in place when rules alone decide it.</summary>
internal sealed class AskHandler(Desk desk, RulesInForce rules, AuditLog audit, Counters counters) : IRequestHandler
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
        var decided = rules.Current.Decide(_members);
        if (decided.NeedsObserved)
        {
            return new(DecideObservedAsync(request, _members.Copy(), terms));
        }

        if (Desk.MustWait(decided, terms))
        {
            return new(WaitAsync(request, _members.Copy(), decided.Rule, terms));
        }

        AskReply.Write(request, desk.Settle(_members, decided, request.Caller.Credentials.Pid));
        return ValueTask.CompletedTask;
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

    private async Task DecideObservedAsync(RequestContext request, AskMembers ask, AskTerms terms)
    {
        var process = request.Caller.Process;
        var set = rules.Current;

        // /proc and the files of rules may be slow or stuck: never on the reactor's thread.
        var decided = await Task.Run(() => set.Decide(ask, ObservedFacts.Of(process)));
        if (Desk.MustWait(decided, terms))
        {
            await WaitAsync(request, ask, decided.Rule, terms);
            return;
        }

        AskReply.Write(request, desk.Settle(ask, decided, request.Caller.Credentials.Pid));
    }

    private async Task WaitAsync(RequestContext request, AskMembers ask, Rule? rule, AskTerms terms)
    {
        var pending = terms.Key is null ? null : desk.FindByKey(terms.Key, ask.Via);
        if (pending is null)
        {
            if (!desk.HasRoom(ask.Via))
            {
                request.Fail(RpcErrorCode.Busy, "too many asks wait for an answer", null, TimeSpan.FromSeconds(5));
                return;
            }

            pending = desk.Open(ask, rule, terms, new(request.Caller, request.Id.ToArray(), request.Caller.Credentials.Pid));
        }
        else if (!pending.Digest.AsSpan().SequenceEqual(AskDigest.Compute(ask)))
        {
            request.Fail(RpcErrorCode.InvalidParams, "another ask has this key", "key");
            return;
        }

        AskReply.NotifyAsked(request, pending);
        var verdict = await desk.WhenDecided(pending, terms.Wait, request.Aborted);
        AskReply.WriteRecorded(request, verdict);
        if (request.Aborted.IsCancellationRequested && pending.Key is null)
        {
            desk.Withdraw(pending);
        }
    }
}
