namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Answer to <c>clearance.hello</c>: what the daemon is and what this socket lets its peer do.</summary>
public sealed record HelloResult
{
    /// <summary>The daemon's version, such as <c>0.1.0</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The protocol's major version; 1.</summary>
    public required int Protocol { get; init; }

    /// <summary>Optional abilities by name; a client ignores names it does not know.</summary>
    public required string[] Features { get; init; }

    /// <summary><c>ask</c> or <c>operator</c> (see <see cref="SocketRole"/>).</summary>
    public required string Role { get; init; }

    /// <summary>The name of the socket: <c>ask</c>, <c>operator</c>, or that of a named asker socket such as <c>claude</c>.</summary>
    public required string Via { get; init; }

    /// <summary>What this socket accepts.</summary>
    public required HelloLimits Limits { get; init; }

    /// <summary>Who the kernel says is asking.</summary>
    public required HelloPeer Peer { get; init; }
}
