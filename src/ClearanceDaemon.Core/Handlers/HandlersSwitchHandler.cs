using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.External;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Handlers;

/// <summary><c>handlers.enable</c> and <c>handlers.disable</c>. What a handler may decide, whoever switches it on decides: from a sandbox nobody does.</summary>
internal sealed class HandlersSwitchHandler(HandlerRegistry registry, HandlerSwitching switching, HandlerReport report, bool on) : IRequestHandler
{
    public string Method => on ? MethodNames.HandlersEnable : MethodNames.HandlersDisable;

    public CallerRoles Callers => CallerRoles.Operator;

    public async ValueTask HandleAsync(RequestContext request)
    {
        if (Parameters.Read(request, ProtocolJson.Default.HandlersSwitchParams) is not { } wanted)
        {
            return;
        }

        if (report.Item(wanted.Name) is null)
        {
            request.Fail(RpcErrorCode.InvalidParams, "there is no such handler, or its manifest has problems; see: clearance handlers list", "name");
            return;
        }

        var (by, was) = (request.AsAsker(), registry.IsOn(wanted.Name));
        if (on && !was && await Task.Run(() => SelfApproval.WrongPlace(by.Process, by.Pid)) is { } refusal)
        {
            request.Fail(RpcErrorCode.Forbidden, refusal);
        }
        else if (await switching.SwitchAsync(wanted.Name, on, by) is { } failed)
        {
            request.Fail(RpcErrorCode.Unavailable, failed);
        }
        else if (report.Item(wanted.Name) is { } item)
        {
            request.Succeed(new() { Changed = was != on, Handler = item }, ProtocolJson.Default.HandlersSwitchResult);
        }
        else
        {
            request.Fail(RpcErrorCode.Unavailable, "its manifest was removed meanwhile; see: clearance handlers list");
        }
    }
}
