namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Whether everything is denied.</summary>
public sealed record LockdownState
{
    /// <summary>True while it is.</summary>
    public required bool On { get; init; }

    /// <summary>Since when, RFC 3339 UTC.</summary>
    public string? Since { get; init; }

    /// <summary>What the person said.</summary>
    public string? Reason { get; init; }
}
