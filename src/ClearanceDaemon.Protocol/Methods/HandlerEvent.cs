namespace ClearanceDaemon.Protocol.Methods;

/// <summary>A handler changed: it was switched on or off, broke, or works again.</summary>
public sealed record HandlerEvent
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>One of <see cref="HandlerState"/>.</summary>
    public required string State { get; init; }
}
