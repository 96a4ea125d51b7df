using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Handlers;

/// <summary><c>clearance.withdraw</c>: takes an ask back, named by its id, its key, or the request of this connection that asked.</summary>
internal sealed class WithdrawHandler(Desk desk) : IRequestHandler
{
    public string Method => MethodNames.Withdraw;

    public CallerRoles Callers => CallerRoles.Any;

    public ValueTask HandleAsync(RequestContext request)
    {
        if (!AskNaming.TryRead(request, takesRequest: true, out var naming))
        {
            return ValueTask.CompletedTask;
        }

        if (naming.Request is { } asked && desk.FindByRequest(request.Caller, asked) is { } waiter)
        {
            // Others may wait for the same ask: it goes on for them.
            desk.Leave(waiter, VerdictOutcome.Withdrawn);
            request.Succeed(new() { Withdrawn = true }, ProtocolJson.Default.WithdrawResult);
        }
        else if (naming.Find(desk, request.Caller) is { } pending)
        {
            request.Succeed(new() { Withdrawn = desk.Withdraw(pending) }, ProtocolJson.Default.WithdrawResult);
        }
        else
        {
            request.Fail(RpcErrorCode.UnknownRequest, "no ask of this socket waits under that name");
        }

        return ValueTask.CompletedTask;
    }
}
