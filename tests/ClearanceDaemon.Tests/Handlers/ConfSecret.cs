using ClearanceDaemon.Core.Dispatch;

namespace ClearanceDaemon.Tests.Handlers;

internal sealed class ConfSecret : IRequestHandler
{
    public string Method => "conf.secret";

    public CallerRoles Callers => CallerRoles.Operator;

    public ValueTask HandleAsync(RequestContext request)
    {
        ConfResult.Write(request, request.Params.IsEmpty ? "{}"u8 : request.Params);
        return ValueTask.CompletedTask;
    }
}
