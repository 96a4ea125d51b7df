namespace ClearanceDaemon.Core.Transport;

/// <summary>What one connection may take from the others.</summary>
internal sealed record ReactorLimits
{
    /// <summary>Lines of one connection in one turn: a pipelining peer lets the others have their turn.</summary>
    public int LinesPerTurn { get; init; } = 64;

    /// <summary>Bytes read from one connection in one turn.</summary>
    public int BytesPerTurn { get; init; } = 64 * 1024;

    /// <summary>Unsent reply bytes at which a connection is no longer read: a peer that does not read its answers asks no more.</summary>
    public int UnsentBytes { get; init; } = 256 * 1024;

    /// <summary>Unsent bytes at which a stream of events pauses: a subscriber that reads slowly holds this much, not all that happened.</summary>
    public int StreamBytes { get; init; } = 64 * 1024;

    /// <summary>How long a peer may leave replies unread before it is cut off, so that its buffers come back.</summary>
    public TimeSpan SlowReader { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a started line may take (<see cref="Protocol.ProtocolLimits.LineSeconds"/>).</summary>
    public TimeSpan Line { get; init; } = TimeSpan.FromSeconds(Protocol.ProtocolLimits.LineSeconds);
}
