using ClearanceDaemon.Core.Metrics;
using ClearanceDaemon.Protocol;
using Microsoft.Extensions.Logging;

namespace ClearanceDaemon.Core.Dispatch;

/// <summary>
/// Gives a request to its handler and makes sure that it is answered exactly once, whatever the handler does. The only
/// place that catches what handlers throw.
/// </summary>
internal sealed class Dispatcher(MethodTable table, Counters counters, ILogger<Dispatcher> log)
{
    private MethodTable _methods = table;
    private RequestContext _spare = new();
    private MethodEntry? _last;

    /// <summary>While set, every request is answered <c>unavailable</c> with this reason.</summary>
    public string? Unavailable { get; set; }

    /// <summary>From now on these are the methods; what is being handled goes on.</summary>
    public void Use(MethodTable methods) => (_methods, _last) = (methods, null);

    public void Dispatch(IReplies replies, Caller caller, in RpcRequest request)
    {
        var context = _spare;
        context.Start(replies, caller, request);
        if (Unavailable is not null)
        {
            counters.Add(Counter.Unavailable);
            context.Fail(RpcErrorCode.Unavailable, Unavailable);
        }
        else if (Find(request.Method, caller.Role) is { } handler)
        {
            Run(handler, context, replies);
        }
        else
        {
            context.Fail(RpcErrorCode.MethodNotFound, "no such method on this socket");
        }
    }

    // A caller that pipelines calls one method again and again: remembering it saves hashing its name.
    private IRequestHandler? Find(ReadOnlySpan<byte> method, CallerRoles role)
    {
        if (_last is null || !_last.Serves(method, role))
        {
            _last = _methods.Find(method, role);
        }

        return _last?.Handler;
    }

    private void Run(IRequestHandler handler, RequestContext context, IReplies replies)
    {
        ValueTask task;
        try
        {
            task = handler.HandleAsync(context);
            if (task.IsCompletedSuccessfully)
            {
                task.GetAwaiter().GetResult();
                if (!context.IsAnswered)
                {
                    Unanswered(handler, context);
                }

                return;
            }
        }
        catch (Exception e)
        {
            OnFault(handler, context, e);
            return;
        }

        // The handler keeps this context until it is done; the next request gets another.
        _spare = new();
        replies.OnDetached(context);
        _ = FinishAsync(handler, context, replies, task);
    }

    private async Task FinishAsync(IRequestHandler handler, RequestContext context, IReplies replies, ValueTask task)
    {
        try
        {
            await task;
            if (!context.IsAnswered)
            {
                Unanswered(handler, context);
            }
        }
        catch (Exception e)
        {
            OnFault(handler, context, e);
        }
        finally
        {
            replies.OnCompleted(context);
        }
    }

    private void Unanswered(IRequestHandler handler, RequestContext context) =>
        OnFault(handler, context, new InvalidOperationException("the handler returned without an answer"));

    private void OnFault(IRequestHandler handler, RequestContext context, Exception fault)
    {
        counters.Add(Counter.HandlerFaults);
        LogEvents.HandlerFault(log, handler.Method, fault);
        context.TakeBackUnfinished();
        if (!context.IsAnswered)
        {
            context.Fail(RpcErrorCode.Internal, "the daemon failed to handle this request; its log says more");
        }
    }
}
