using System.Globalization;
using System.Text;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Handlers;

/// <summary><c>clearance.ping</c>: is anyone there?</summary>
internal sealed class PingHandler : IRequestHandler
{
    private static readonly byte[] Pong =
        Encoding.UTF8.GetBytes($$"""{"pong":true,"pid":{{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}}}""");

    public string Method => MethodNames.Ping;

    public CallerRoles Callers => CallerRoles.Any;

    public ValueTask HandleAsync(RequestContext request)
    {
        if (NoParameters.Holds(request))
        {
            request.BeginResult().Raw(Pong);
            request.EndResult();
        }

        return ValueTask.CompletedTask;
    }
}
