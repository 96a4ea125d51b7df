namespace ClearanceDaemon.Protocol.Methods;

/// <summary>A verdict that stands but could not be carried out: whoever asked may not have what was allowed. A further verdict tries again.</summary>
public sealed record FailedEffect
{
    /// <summary>The handler that failed.</summary>
    public required string Handler { get; init; }

    /// <summary>The verdict, <c>allowed</c> or <c>denied</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Who gave it: as in <see cref="AskResult.By"/>.</summary>
    public required string By { get; init; }

    /// <summary>When it failed, RFC 3339 UTC.</summary>
    public required string Time { get; init; }

    /// <summary>How often it was tried.</summary>
    public required int Attempts { get; init; }

    /// <summary>Why.</summary>
    public required HandlerFailure Failure { get; init; }
}
