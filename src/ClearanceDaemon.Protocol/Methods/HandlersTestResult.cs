namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Answer to <c>handlers.test</c>.</summary>
public sealed record HandlersTestResult
{
    /// <summary>The line it was sent.</summary>
    public string? Sent { get; init; }

    /// <summary>The line it answered with; absent when it did not.</summary>
    public string? Received { get; init; }

    /// <summary>What is wrong with that; absent when it is an answer.</summary>
    public HandlerFailure? Failure { get; init; }

    /// <summary>What it would have decided, of <see cref="AskOutcome"/>, or <c>ask</c> where it leaves the ask to a person; absent for a method.</summary>
    public string? Verdict { get; init; }

    /// <summary>From the request to the answer.</summary>
    public required double Milliseconds { get; init; }
}
