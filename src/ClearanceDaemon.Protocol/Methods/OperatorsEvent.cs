namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Who answers.</summary>
public sealed record OperatorsEvent
{
    /// <summary>Subscribers that answer.</summary>
    public required int Present { get; init; }
}
