namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Answer to <c>clearance.ping</c>.</summary>
public sealed record PingResult
{
    /// <summary>Always true.</summary>
    public required bool Pong { get; init; }

    /// <summary>The daemon's process id.</summary>
    public required int Pid { get; init; }
}
