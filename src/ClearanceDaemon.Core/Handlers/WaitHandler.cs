using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Handlers;

/// <summary><c>clearance.wait</c>: wait, perhaps again, for an ask of this socket by its id or key.</summary>
internal sealed class WaitHandler(Desk desk) : IRequestHandler
{
    public string Method => MethodNames.Wait;

    public CallerRoles Callers => CallerRoles.Any;

    public ValueTask HandleAsync(RequestContext request)
    {
        if (!AskNaming.TryRead(request, takesRequest: false, out var naming))
        {
            return ValueTask.CompletedTask;
        }

        if (naming.Find(desk, request.Caller) is not { } pending)
        {
            request.Fail(RpcErrorCode.UnknownRequest, "no ask of this socket waits under that name");
            return ValueTask.CompletedTask;
        }

        return new(WaitAsync(request, pending, naming.Wait));
    }

    private async Task WaitAsync(RequestContext request, PendingAsk pending, TimeSpan wait)
    {
        request.WaitsForPerson = true;
        AskReply.WriteRecorded(request, await desk.WhenDecided(pending, request.AsAsker(), wait, request.Aborted));
    }
}
