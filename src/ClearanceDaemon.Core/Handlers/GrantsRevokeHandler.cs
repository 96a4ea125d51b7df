using System.Text;
using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Grants;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Handlers;

/// <summary><c>grants.revoke</c>: takes one grant back, or all.</summary>
internal sealed class GrantsRevokeHandler(GrantDesk grants) : IRequestHandler
{
    public string Method => MethodNames.GrantsRevoke;

    public CallerRoles Callers => CallerRoles.Operator;

    public async ValueTask HandleAsync(RequestContext request)
    {
        if (Parameters.Read(request, ProtocolJson.Default.GrantsRevokeParams) is not { } which)
        {
            return;
        }

        switch (which)
        {
            case { Id: { } text, All: null or false }:
                await RevokeAsync(request, text);
                break;
            case { Id: null, All: true }:
                var count = grants.Count;
                Answer(request, await grants.RevokeAllAsync(GrantEnds.Revoked), count);
                break;
            default:
                request.Fail(RpcErrorCode.InvalidParams, "name one grant by its id, or all of them by all: true");
                break;
        }
    }

    private async Task RevokeAsync(RequestContext request, string text)
    {
        if (RequestId.TryParse(Encoding.UTF8.GetBytes(text), out var id) && grants.Find(id) is not null)
        {
            Answer(request, await grants.RevokeAsync(id), 1);
        }
        else
        {
            request.Fail(RpcErrorCode.UnknownRequest, "no grant of this id is in force; see: clearance grants", "id");
        }
    }

    private static void Answer(RequestContext request, string? failed, int count)
    {
        if (failed is null)
        {
            request.Succeed(new() { Revoked = count }, ProtocolJson.Default.GrantsRevokeResult);
        }
        else
        {
            request.Fail(RpcErrorCode.Unavailable, $"the grants are revoked, but not on disk: {failed}");
        }
    }
}
