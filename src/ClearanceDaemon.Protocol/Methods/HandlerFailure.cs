namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Why a handler did not do what it was asked to. Texts are the handler's own: clean them before they are shown (<see cref="DisplayText"/>).</summary>
public sealed record HandlerFailure
{
    /// <summary>One of <see cref="HandlerFault"/>.</summary>
    public required string Why { get; init; }

    /// <summary>What happened, in one line.</summary>
    public required string Message { get; init; }

    /// <summary>The end of what it wrote to stderr, at most <see cref="ProtocolLimits.HandlerStderrBytes"/> bytes; absent when it wrote nothing.</summary>
    public string? Stderr { get; init; }

    /// <summary>Its exit code, where it exited by itself.</summary>
    public int? ExitCode { get; init; }
}
