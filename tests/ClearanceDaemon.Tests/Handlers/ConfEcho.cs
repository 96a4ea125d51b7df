using ClearanceDaemon.Core.Dispatch;

namespace ClearanceDaemon.Tests.Handlers;

internal sealed class ConfEcho : IRequestHandler
{
    public string Method => "conf.echo";

    public CallerRoles Callers => CallerRoles.Any;

    public ValueTask HandleAsync(RequestContext request)
    {
        ConfResult.Write(request, request.Params.IsEmpty ? "{}"u8 : request.Params);
        return ValueTask.CompletedTask;
    }
}
