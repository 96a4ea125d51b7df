using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Dispatch;

/// <summary>Reads typed parameters; what does not fit is answered <c>invalid_params</c> with the member's name.</summary>
internal static class Parameters
{
    /// <summary>The parameters; null when they did not fit, and the request is answered.</summary>
    public static T? Read<T>(RequestContext request, JsonTypeInfo<T> type)
        where T : class => TryRead(request, type, null, out var read) ? read : null;

    /// <summary>False when the parameters did not fit, and the request is answered.</summary>
    /// <param name="request">The request.</param>
    /// <param name="type">How they are read.</param>
    /// <param name="method">Whose they are, for the message.</param>
    /// <param name="read">The parameters.</param>
    public static bool TryRead<T>(RequestContext request, JsonTypeInfo<T> type, string? method, [NotNullWhen(true)] out T? read)
    {
        try
        {
            read = JsonSerializer.Deserialize(request.Params.IsEmpty ? "{}"u8 : request.Params, type);
        }
        catch (JsonException e)
        {
            read = default;
            var message = method is null ? "the parameters do not fit" : $"the parameters of {method} do not fit";
            request.Fail(RpcErrorCode.InvalidParams, message, e.Path is { Length: > 2 } path ? path[2..] : null);
            return false;
        }

        if (read is null)
        {
            request.Fail(RpcErrorCode.InvalidParams, "the parameters are an object");
        }

        return read is not null;
    }
}
