namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Answer to <c>handlers.enable</c> and <c>handlers.disable</c>: on record, on disk and in force.</summary>
public sealed record HandlersSwitchResult
{
    /// <summary>False when it was so before.</summary>
    public required bool Changed { get; init; }

    /// <summary>How the handler is now.</summary>
    public required HandlerItem Handler { get; init; }
}
