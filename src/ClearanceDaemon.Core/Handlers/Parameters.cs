using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Handlers;

/// <summary>Reads the parameters of handlers that answer in a way of their own.</summary>
internal static class Parameters
{
    /// <summary>The parameters; null when they did not fit, and the request is answered.</summary>
    public static T? Read<T>(RequestContext request, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            if (JsonSerializer.Deserialize(request.Params.IsEmpty ? "{}"u8 : request.Params, type) is { } read)
            {
                return read;
            }
        }
        catch (JsonException e)
        {
            request.Fail(RpcErrorCode.InvalidParams, "the parameters do not fit", e.Path is { Length: > 2 } path ? path[2..] : null);
            return null;
        }

        request.Fail(RpcErrorCode.InvalidParams, "the parameters are an object");
        return null;
    }
}
