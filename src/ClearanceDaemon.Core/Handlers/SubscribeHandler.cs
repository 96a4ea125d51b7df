using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Events;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Handlers;

/// <summary><c>clearance.subscribe</c>: what waits now, and from then on everything that happens.</summary>
internal sealed class SubscribeHandler(EventHub hub, ISnapshotSource source) : IRequestHandler
{
    public string Method => MethodNames.Subscribe;

    public CallerRoles Callers => CallerRoles.Operator;

    public ValueTask HandleAsync(RequestContext request)
    {
        if (Parameters.Read(request, ProtocolJson.Default.SubscribeParams) is { } wanted)
        {
            Subscribe(request, wanted);
        }

        return ValueTask.CompletedTask;
    }

    private void Subscribe(RequestContext request, SubscribeParams wanted)
    {
        var stream = new EventStream(hub, source, wanted.Answers ?? false);
        if (request.OpenStream(stream) is not { } pipe)
        {
            request.Fail(RpcErrorCode.InvalidRequest, "this connection has a subscription already; open another connection for another one");
            return;
        }

        var last = hub.Last;
        var resumed = stream.Start(pipe, wanted.After?.Epoch, wanted.After?.Seq ?? 0);
        request.Succeed(new() { Epoch = hub.Epoch, Seq = last, Resumed = resumed }, ProtocolJson.Default.SubscribeResult);

        // After the answer: what a resumed stream sends first is not news to anyone else.
        stream.OnRoom();
    }
}
