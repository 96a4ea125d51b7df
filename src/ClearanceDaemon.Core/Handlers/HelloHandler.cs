using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Handlers;

/// <summary><c>clearance.hello</c>: what the daemon is, what this socket is, and how the kernel sees the caller.</summary>
internal sealed class HelloHandler(ServerFacts facts) : IRequestHandler
{
    private const int ProtocolVersion = 1;
    private static readonly string[] Features = ["ask", "wait", "withdraw", "operators", "grants", "events", "lockdown", "handlers"];

    public string Method => MethodNames.Hello;

    public CallerRoles Callers => CallerRoles.Any;

    public ValueTask HandleAsync(RequestContext request)
    {
        if (NoParameters.Holds(request))
        {
            request.Succeed(Describe(request.Caller), ProtocolJson.Default.HelloResult);
        }

        return ValueTask.CompletedTask;
    }

    private HelloResult Describe(Caller caller)
    {
        var isOperator = caller.Role == CallerRoles.Operator;
        return new()
        {
            Version = facts.Version,
            Protocol = ProtocolVersion,
            Features = Features,
            Role = isOperator ? "operator" : "ask",
            Via = caller.Via,
            Limits = new()
            {
                LineBytes = isOperator ? ProtocolLimits.OperatorLineBytes : ProtocolLimits.AskLineBytes,
                Depth = ProtocolLimits.JsonDepth,
                InFlight = facts.InFlight,
            },
            Peer = new() { Uid = caller.Credentials.Uid, Gid = caller.Credentials.Gid, Pid = caller.Credentials.Pid },
        };
    }
}
