namespace ClearanceDaemon.Protocol;

/// <summary>Why a line was refused. It points into the line and lives as long as that does.</summary>
public readonly ref struct RpcFault
{
    /// <summary><see cref="RpcErrorCode.ParseError"/> for what is not JSON, else <see cref="RpcErrorCode.InvalidRequest"/>.</summary>
    public RpcErrorCode Code { get; init; }

    /// <summary>What is wrong, a constant sentence.</summary>
    public ReadOnlySpan<byte> Message { get; init; }

    /// <summary>The member that is wrong, raw; empty when it is none or its name is long.</summary>
    public ReadOnlySpan<byte> Member { get; init; }

    /// <summary>The raw JSON of the request's id when it was readable, else empty.</summary>
    public ReadOnlySpan<byte> IdToken { get; init; }
}
