namespace ClearanceDaemon.Protocol;

/// <summary>The daemon answered a call with an error.</summary>
public sealed class RpcException : Exception
{
    /// <summary>Makes the exception for <paramref name="error"/>.</summary>
    public RpcException(RpcError error)
        : base(error.Message) => Error = error;

    /// <summary>What the daemon sent.</summary>
    public RpcError Error { get; }

    /// <summary>Which error it is.</summary>
    public RpcErrorCode Code => Error.Code;
}
