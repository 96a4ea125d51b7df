using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Tests.Handlers;

internal sealed class ConfRefuse : IRequestHandler
{
    public string Method => "conf.refuse";

    public CallerRoles Callers => CallerRoles.Any;

    public ValueTask HandleAsync(RequestContext request)
    {
        request.Fail(RpcErrorCode.InvalidParams, "not this");
        return ValueTask.CompletedTask;
    }
}
