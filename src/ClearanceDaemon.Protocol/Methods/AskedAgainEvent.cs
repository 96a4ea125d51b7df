namespace ClearanceDaemon.Protocol.Methods;

/// <summary>How often an ask was asked.</summary>
public sealed record AskedAgainEvent
{
    /// <summary>How often.</summary>
    public required int Times { get; init; }

    /// <summary>How many requests wait now.</summary>
    public required int Waiting { get; init; }
}
