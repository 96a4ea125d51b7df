using System.Text;
using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Grants;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Handlers;

/// <summary><c>clearance.decide</c>: a person's verdict on a pending ask. A word, id or scope that is not known decides nothing.</summary>
internal sealed class DecideHandler(Decisions decisions) : IRequestHandler
{
    public string Method => MethodNames.Decide;

    public CallerRoles Callers => CallerRoles.Operator;

    public async ValueTask HandleAsync(RequestContext request)
    {
        if (Parameters.Read(request, ProtocolJson.Default.DecideParams) is not { } wanted)
        {
            return;
        }

        if (Read(wanted, out var order) is { } fault)
        {
            request.Fail(RpcErrorCode.InvalidParams, fault.Message, fault.Member);
            return;
        }

        var result = await decisions.DecideAsync(order, request.AsAsker());
        if (result.Fault is { } refused)
        {
            request.Fail(refused.Code, refused.Message, refused.Member, refused.RetryAfter);
            return;
        }

        request.Succeed(
            new()
            {
                Id = wanted.Id,
                Outcome = Encoding.UTF8.GetString(result.Outcome.Name()),
                Answered = result.Answered,
                Grant = result.Grant is null ? null : GrantJson.Describe(result.Grant),
            },
            ProtocolJson.Default.DecideResult);
    }

    private static AskFault? Read(DecideParams wanted, out DecisionOrder order)
    {
        order = new(default, Encoding.UTF8.GetBytes(wanted.Digest ?? ""), wanted.Verdict == VerdictWord.Allow, new(GrantScopes.Once, null, null), wanted.Bind, null);
        if (!RequestId.TryParse(Encoding.UTF8.GetBytes(wanted.Id ?? ""), out var id))
        {
            return new($"id is an ask's whole id, {RequestId.Digits} lower-case hex digits", "id");
        }

        if (wanted.Verdict is not (VerdictWord.Allow or VerdictWord.Deny))
        {
            return new("verdict is allow or deny", "verdict");
        }

        byte[]? reason = wanted.Reason is null ? null : Encoding.UTF8.GetBytes(wanted.Reason);
        if (reason?.Length > ProtocolLimits.ReasonBytes)
        {
            return new($"reason has at most {ProtocolLimits.ReasonBytes} bytes", "reason");
        }

        if (wanted.Bind?.Contains(null!) == true)
        {
            return new("bind holds names of members", "bind");
        }

        if (ReadScope(wanted.Scope, out var scope) is { } fault)
        {
            return fault;
        }

        order = order with { Id = id, Scope = scope, Reason = reason };
        return null;
    }

    private static AskFault? ReadScope(Protocol.Methods.GrantScope? wanted, out Grants.GrantScope scope)
    {
        scope = new(GrantScopes.Once, null, null);
        if (wanted is null)
        {
            return null;
        }

        TimeSpan? duration = null;
        if (wanted.Duration is not null)
        {
            if (!Duration.TryParse(wanted.Duration, out var time))
            {
                return new($"duration is a duration such as 2h, at most {ProtocolLimits.DurationDays}d", "scope.duration");
            }

            duration = time;
        }

        scope = new(Grants.GrantScope.KindOf(wanted.Kind), duration, wanted.Uses);
        return scope.Fault(null) is { } wrong ? new(wrong, "scope") : null;
    }
}
