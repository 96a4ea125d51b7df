using System.Text;

namespace ClearanceDaemon.Protocol;

/// <summary>The one table of error numbers and the names they have in <c>data.code</c>.</summary>
public static class RpcErrorCodes
{
    /// <summary>The name of an error in <c>data.code</c>, such as <c>parse_error</c>.</summary>
    public static ReadOnlySpan<byte> Name(RpcErrorCode code) => code switch
    {
        RpcErrorCode.ParseError => "parse_error"u8,
        RpcErrorCode.InvalidRequest => "invalid_request"u8,
        RpcErrorCode.MethodNotFound => "method_not_found"u8,
        RpcErrorCode.InvalidParams => "invalid_params"u8,
        RpcErrorCode.Internal => "internal"u8,
        RpcErrorCode.TooLarge => "too_large"u8,
        RpcErrorCode.Forbidden => "forbidden"u8,
        RpcErrorCode.Busy => "busy"u8,
        RpcErrorCode.UnknownRequest => "unknown_request"u8,
        RpcErrorCode.DigestMismatch => "digest_mismatch"u8,
        RpcErrorCode.Expired => "expired"u8,
        RpcErrorCode.HandlerFailed => "handler_failed"u8,
        RpcErrorCode.Unavailable => "unavailable"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "Not an error code of the protocol."),
    };

    /// <summary>The same as text.</summary>
    public static string Text(RpcErrorCode code) => Encoding.ASCII.GetString(Name(code));

    /// <summary>The error with this number; <see cref="RpcErrorCode.None"/> when the protocol has none.</summary>
    public static RpcErrorCode From(long number) =>
        number is < 0 and > int.MinValue && Enum.IsDefined((RpcErrorCode)number) ? (RpcErrorCode)number : RpcErrorCode.None;
}
