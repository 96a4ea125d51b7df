namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Answer to <c>handlers.list</c>, and a part of <see cref="StatusResult"/>.</summary>
public sealed record HandlersListResult
{
    /// <summary>Every handler, by name.</summary>
    public required HandlerItem[] Items { get; init; }

    /// <summary>What is wrong with manifests; a handler whose manifest is wrong is not used.</summary>
    public required RuleProblem[] Problems { get; init; }

    /// <summary>The process that runs programs for the daemon, one of <see cref="HandlersProcess"/>.</summary>
    public required string Process { get; init; }
}
