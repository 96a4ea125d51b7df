using System.Text;
using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Grants;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Handlers;

/// <summary><c>daemon.lockdown</c>: denies everything, what waits included, and revokes all grants; or lifts that; or tells.</summary>
internal sealed class LockdownHandler(Lockdown lockdown, Desk desk, GrantDesk grants) : IRequestHandler
{
    public string Method => MethodNames.Lockdown;

    public CallerRoles Callers => CallerRoles.Operator;

    public async ValueTask HandleAsync(RequestContext request)
    {
        if (Parameters.Read(request, ProtocolJson.Default.LockdownParams) is not { } wanted)
        {
            return;
        }

        if (Encoding.UTF8.GetByteCount(wanted.Reason ?? "") > ProtocolLimits.ReasonBytes)
        {
            request.Fail(RpcErrorCode.InvalidParams, $"reason has at most {ProtocolLimits.ReasonBytes} bytes", "reason");
            return;
        }

        switch (wanted.On)
        {
            case true:
                await BeginAsync(request, wanted.Reason);
                break;
            case false when lockdown.IsOn:
                await EndAsync(request);
                break;
            default:
                Tell(request, 0, 0);
                break;
        }
    }

    private async Task BeginAsync(RequestContext request, string? reason)
    {
        var beginning = lockdown.BeginAsync(reason, request.AsAsker());
        desk.ForgetKept();
        var denied = 0;
        foreach (var pending in desk.After(0).ToArray())
        {
            var denial = lockdown.Denial(pending.Id, pending.Digest);
            denied += desk.End(pending, denial.Outcome, denial.Reason, denial.By) ? 1 : 0;
        }

        var held = grants.Count;
        var kept = await grants.RevokeAllAsync(GrantEnds.Lockdown);
        if ((await beginning ?? kept) is { } failed)
        {
            request.Fail(RpcErrorCode.Unavailable, $"everything is denied, but a restart may forget it: {failed}");
            return;
        }

        Tell(request, held, denied);
    }

    private async Task EndAsync(RequestContext request)
    {
        var (by, begun) = (request.AsAsker(), lockdown.Begun);
        if (await Task.Run(() => SelfApproval.WrongPlace(by.Process, by.Pid)) is { } refusal)
        {
            request.Fail(RpcErrorCode.Forbidden, refusal);
        }
        else if (await lockdown.EndAsync(by, begun) is { } failed)
        {
            request.Fail(RpcErrorCode.Unavailable, failed);
        }
        else
        {
            Tell(request, 0, 0);
        }
    }

    private void Tell(RequestContext request, int revoked, int denied) =>
        request.Succeed(new() { State = lockdown.State, Revoked = revoked, Denied = denied }, ProtocolJson.Default.LockdownResult);
}
