using ClearanceDaemon.Core.Dispatch;

namespace ClearanceDaemon.Tests.Handlers;

internal sealed class ConfFail : IRequestHandler
{
    public string Method => "conf.fail";

    public CallerRoles Callers => CallerRoles.Any;

    public ValueTask HandleAsync(RequestContext request) => throw new InvalidOperationException("it breaks, as it should");
}
