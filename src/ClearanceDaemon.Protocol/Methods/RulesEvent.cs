namespace ClearanceDaemon.Protocol.Methods;

/// <summary>The rules in force.</summary>
public sealed record RulesEvent
{
    /// <summary>One of <see cref="RulesState"/>.</summary>
    public required string State { get; init; }

    /// <summary>How many.</summary>
    public required int Count { get; init; }

    /// <summary>Over the bytes of their files.</summary>
    public required string Sha256 { get; init; }
}
