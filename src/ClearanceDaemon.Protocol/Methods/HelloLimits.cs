namespace ClearanceDaemon.Protocol.Methods;

/// <summary>The limits of one socket, as its peer meets them.</summary>
public sealed record HelloLimits
{
    /// <summary>The longest line without its LF, in bytes, either direction.</summary>
    public required int LineBytes { get; init; }

    /// <summary>How deep arrays and objects may nest.</summary>
    public required int Depth { get; init; }

    /// <summary>Requests of one connection that may be unanswered at a time.</summary>
    public required int InFlight { get; init; }
}
