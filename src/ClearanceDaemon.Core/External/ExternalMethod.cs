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
        request.Fail(code, $"handler {handler.Name}: {What(request.Caller, answer, failure)}", null, answer.RetryAfter);
    }

    /// <summary>An asker is told what the handler says to it, and of its failures their kind alone: paths and the like are the operator's.</summary>
    private static string What(Caller caller, HandlerAnswer answer, HandlerFailure failure) =>
        answer.Error is not null || caller.Role == CallerRoles.Operator
            ? DisplayText.Clean(failure.Message).Text
            : failure.Why switch
            {
                HandlerFault.Deadline => "it did not answer in time",
                HandlerFault.Start => "it could not be started",
                HandlerFault.Exit => "it ended without an answer",
                HandlerFault.Output => "it answered too much",
                HandlerFault.BackingOff => "it failed again and again and rests",
                HandlerFault.Busy => "it has too many requests to answer",
                HandlerFault.Unavailable => "it cannot be reached",
                _ => "its answer makes no sense",
            };
}
