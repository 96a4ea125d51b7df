using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.External;
using ClearanceDaemon.Core.External.Orders;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Handlers;

/// <summary>
/// <c>handlers.test</c>: sends a handler one request, marked as a test, and tells both lines. It works on handlers that are
/// off, so that one can be tried before it is switched on. Effects are not tested: that would do them.
/// </summary>
internal sealed class HandlersTestHandler(HandlerRegistry registry) : IRequestHandler
{
    /// <summary>Characters of each line that are told: as JSON one may take six bytes, and two of them fit an operator's line.</summary>
    public const int LineCharacters = ProtocolLimits.OperatorLineBytes / 16;

    private readonly AskReader _reader = new();

    public string Method => MethodNames.HandlersTest;

    public CallerRoles Callers => CallerRoles.Operator;

    public async ValueTask HandleAsync(RequestContext request)
    {
        if (Parameters.Read(request, ProtocolJson.Default.HandlersTestParams) is not { } wanted)
        {
            return;
        }

        if (registry.Find(wanted.Name) is not { } handler)
        {
            var why = registry.IsCompiledIn(wanted.Name)
                ? "this handler is a part of the daemon and takes no requests"
                : "there is no such handler, or its manifest has problems; see: clearance handlers list";
            request.Fail(RpcErrorCode.InvalidParams, why, "name");
            return;
        }

        var (kind, what) = wanted.Ask is null ? (OrderKind.Call, Call(request, wanted, handler)) : (OrderKind.Decide, Ask(request, wanted, handler));
        if (what is null)
        {
            return;
        }

        var since = Stopwatch.GetTimestamp();
        var answer = await handler.Port.RunAsync(kind, what);
        request.Succeed(Describe(handler, kind, answer, Stopwatch.GetElapsedTime(since)), ProtocolJson.Default.HandlersTestResult);
    }

    private static HandlerRequest? Call(RequestContext request, HandlersTestParams wanted, ExternalHandler handler)
    {
        if (wanted.Method is null || !handler.Manifest.Methods.ContainsKey(wanted.Method))
        {
            request.Fail(RpcErrorCode.InvalidParams, $"{handler.Name} has no such method; give one of its own, or an ask", "method");
            return null;
        }

        if (wanted.Params is { ValueKind: not JsonValueKind.Object })
        {
            request.Fail(RpcErrorCode.InvalidParams, "the parameters of a method are an object", "params");
            return null;
        }

        var parameters = wanted.Params is { } given ? JsonMarshal.GetRawUtf8Value(given) : default;
        var call = HandlerParams.ForCall(wanted.Method, parameters, request.Caller, isTest: true);
        if (call is null)
        {
            request.Fail(RpcErrorCode.InvalidParams, ExternalMethod.NoCanonicalForm, "params");
        }

        return call;
    }

    private HandlerRequest? Ask(RequestContext request, HandlersTestParams wanted, ExternalHandler handler)
    {
        var ask = new AskMembers();
        if (wanted.Method is not null || wanted.Params is not null)
        {
            request.Fail(RpcErrorCode.InvalidParams, "give a method with its parameters, or an ask, and not both", "ask");
            return null;
        }

        if (_reader.Read(JsonSerializer.SerializeToUtf8Bytes(wanted.Ask!, ProtocolJson.Default.AskParams), ask, withVia: false, out _) is { } fault)
        {
            request.Fail(RpcErrorCode.InvalidParams, fault.Message, fault.Member is null ? "ask" : "ask." + fault.Member);
            return null;
        }

        if (!handler.Decides(ask.Action))
        {
            request.Fail(RpcErrorCode.InvalidParams, $"{handler.Name} does not decide asks for this action; see: clearance handlers list", "ask.action");
            return null;
        }

        ask.Set(AskMember.Via, "ask"u8);
        ask.Uid = request.Caller.Credentials.Uid;
        return HandlerParams.ForAsk(ask, AskDigest.Compute(ask), request.Caller.Credentials, isTest: true);
    }

    private static string? Cut(string? line) => line?.Length > LineCharacters ? line[..LineCharacters] + "... (cut)" : line;

    private static HandlersTestResult Describe(ExternalHandler handler, OrderKind kind, HandlerAnswer answer, TimeSpan time) => new()
    {
        Sent = Cut(answer.Sent),
        Received = Cut(answer.Received),
        Failure = answer.AnyFailure,
        Verdict = kind == OrderKind.Call || answer.AnyFailure is not null
            ? null
            : handler.Verdict(answer) is { } said ? Encoding.ASCII.GetString(said.Outcome.Name()) : "ask",
        Milliseconds = Math.Round(time.TotalMilliseconds, 3),
    };
}
