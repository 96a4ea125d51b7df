using System.Runtime.InteropServices;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.External.Orders;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.External;

/// <summary>A method that a program answers.</summary>
internal sealed class ExternalMethod(string method, CallerRoles callers, ExternalHandler handler) : IRequestHandler
{
    public const string NoCanonicalForm = "numbers are whole numbers of at most 2^53-1 here";

    /// <summary>What is around a result in its line.</summary>
    private const int Around = 512;

    public string Method => method;

    public CallerRoles Callers => callers;

    public ExternalHandler Handler => handler;

    public async ValueTask HandleAsync(RequestContext request)
    {
        if (HandlerParams.ForCall(method, request.Params, request.Caller) is not { } call)
        {
            request.Fail(RpcErrorCode.InvalidParams, NoCanonicalForm);
            return;
        }

        var cap = request.Caller.Role == CallerRoles.Operator ? ProtocolLimits.OperatorLineBytes : ProtocolLimits.AskLineBytes;
        var answer = await handler.Port.RunAsync(OrderKind.Call, call);
        if (request.IsAnswered)
        {
            return;
        }

        if (answer.AnyFailure is { } failure)
        {
            Fail(request, answer, failure);
        }
        else if (!answer.Result.TryGetProperty("result", out var result))
        {
            request.Fail(RpcErrorCode.HandlerFailed, $"handler {handler.Name}: its answer has no result");
        }
        else if (JsonMarshal.GetRawUtf8Value(result) is var json && json.Length + request.Id.Length + Around > cap)
        {
            request.Fail(RpcErrorCode.HandlerFailed, $"handler {handler.Name}: its answer is longer than a line of this socket may be");
        }
        else
        {
            request.BeginResult().Raw(json);
            request.EndResult();
        }
    }

    /// <summary>What a handler may say by an error of its own; everything else is its failure.</summary>
    private void Fail(RequestContext request, HandlerAnswer answer, HandlerFailure failure)
    {
        var code = (answer.Error?.Code, failure.Why) switch
        {
            ((int)RpcErrorCode.InvalidParams, _) => RpcErrorCode.InvalidParams,
            ((int)RpcErrorCode.Forbidden, _) => RpcErrorCode.Forbidden,
            (_, HandlerFault.Busy) => RpcErrorCode.Busy,
            _ => RpcErrorCode.HandlerFailed,
        };
        request.Fail(code, $"handler {handler.Name}: {DisplayText.Clean(failure.Message).Text}", null, answer.RetryAfter);
    }
}
