using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.External.Orders;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.HandlersMode;

/// <summary><c>handlers.run</c>: one request to one handler. What went wrong with the handler is in the reply; an error is about the order.</summary>
internal sealed class RunHandler(HandlerRunners runners) : IRequestHandler
{
    public string Method => OrderMethods.Run;

    public CallerRoles Callers => CallerRoles.Any;

    public async ValueTask HandleAsync(RequestContext request)
    {
        if (request.Params.IsEmpty || Order.Read(request.Params) is not { } order)
        {
            request.Fail(RpcErrorCode.InvalidParams, "this is no order; daemon and handlers process are of different versions, restart both");
            return;
        }

        var outcome = await runners.RunAsync(order);
        outcome.Write(request.BeginResult());
        request.EndResult();
    }
}
