using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.External;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Handlers;

/// <summary><c>handlers.list</c>: every handler, and how it is.</summary>
internal sealed class HandlersListHandler(HandlerReport report) : IRequestHandler
{
    public string Method => MethodNames.HandlersList;

    public CallerRoles Callers => CallerRoles.Operator;

    public ValueTask HandleAsync(RequestContext request)
    {
        if (NoParameters.Holds(request))
        {
            request.Succeed(report.List(), ProtocolJson.Default.HandlersListResult);
        }

        return ValueTask.CompletedTask;
    }
}
