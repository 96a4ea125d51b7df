using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Handlers;

/// <summary>Methods without parameters take an empty object or none; anything else is told, not ignored.</summary>
internal static class NoParameters
{
    /// <summary>True when there are none; else the request was answered <c>invalid_params</c>.</summary>
    public static bool Holds(RequestContext request)
    {
        var parameters = request.Params;
        if (parameters.IsEmpty || parameters.SequenceEqual("{}"u8))
        {
            return true;
        }

        var json = new JsonCursor(parameters, default);
        if (json.TryEnterObject() && !json.NextMember(out _))
        {
            return true;
        }

        request.Fail(RpcErrorCode.InvalidParams, "this method takes no parameters");
        return false;
    }
}
