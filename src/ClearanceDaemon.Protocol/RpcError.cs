namespace ClearanceDaemon.Protocol;

/// <summary>An error as it stands in a reply.</summary>
/// <param name="Code">Which error; <see cref="RpcErrorCode.None"/> when the daemon sent a number this library does not know.</param>
/// <param name="Message">What went wrong and what to do, one line. Text of the daemon: clean it before showing it.</param>
public sealed record RpcError(RpcErrorCode Code, string Message)
{
    /// <summary>The name in <c>data.code</c>; kept as sent, for errors this library does not know.</summary>
    public string? Name { get; init; }

    /// <summary>The member of the parameters that is wrong.</summary>
    public string? Member { get; init; }

    /// <summary>How long to wait before trying again.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
