using ClearanceDaemon.Core.Dispatch;

namespace ClearanceDaemon.Tests.Handlers;

internal sealed class ConfBig : IRequestHandler
{
    public string Method => "conf.big";

    public CallerRoles Callers => CallerRoles.Any;

    public ValueTask HandleAsync(RequestContext request)
    {
        ConfResult.Write(request, System.Text.Encoding.ASCII.GetBytes($"{{\"text\":\"{new string('x', 40_000)}\"}}"));
        return ValueTask.CompletedTask;
    }
}
