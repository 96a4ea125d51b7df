using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.External.Orders;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.HandlersMode;

/// <summary><c>handlers.keep</c>: ends what is not named. Answered when that has begun; it takes a moment to be over.</summary>
internal sealed class KeepHandler(HandlerRunners runners) : IRequestHandler
{
    public string Method => OrderMethods.Keep;

    public CallerRoles Callers => CallerRoles.Any;

    public ValueTask HandleAsync(RequestContext request)
    {
        if (Parameters.Read(request, OrderJson.Default.KeepOrder) is not { } order)
        {
            return ValueTask.CompletedTask;
        }

        if (order.Handlers is null)
        {
            request.Fail(RpcErrorCode.InvalidParams, "the handlers to keep are missing", "handlers");
        }
        else
        {
            runners.Keep(order.Handlers);
            request.BeginResult().Raw("{}"u8);
            request.EndResult();
        }

        return ValueTask.CompletedTask;
    }
}
