namespace ClearanceDaemon.Protocol;

/// <summary>Every error the protocol knows; the values are JSON-RPC's numbers. <see cref="RpcErrorCodes"/> has their names.</summary>
public enum RpcErrorCode
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>The line is not JSON.</summary>
    ParseError = -32700,

    /// <summary>The line is JSON, but not a request this protocol takes.</summary>
    InvalidRequest = -32600,

    /// <summary>No such method on this socket.</summary>
    MethodNotFound = -32601,

    /// <summary>The parameters are not what the method takes.</summary>
    InvalidParams = -32602,

    /// <summary>The daemon failed in a way it did not foresee.</summary>
    Internal = -32603,

    /// <summary>The line is longer than the socket's cap; the connection is closed after this.</summary>
    TooLarge = -32001,

    /// <summary>The peer may not do this.</summary>
    Forbidden = -32002,

    /// <summary>A quota is used up; try again after <c>retryAfter</c>.</summary>
    Busy = -32003,

    /// <summary>No ask has this id, key or request.</summary>
    UnknownRequest = -32004,

    /// <summary>The verdict cites another ask than the one that is pending.</summary>
    DigestMismatch = -32005,

    /// <summary>The ask's deadline has passed.</summary>
    Expired = -32006,

    /// <summary>The handler of this method failed.</summary>
    HandlerFailed = -32007,

    /// <summary>The daemon cannot decide anything now; never an allow.</summary>
    Unavailable = -32008,
}
