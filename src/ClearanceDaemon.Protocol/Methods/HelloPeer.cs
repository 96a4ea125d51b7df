namespace ClearanceDaemon.Protocol.Methods;

/// <summary>The peer of a connection as the kernel told the daemon at accept.</summary>
public sealed record HelloPeer
{
    /// <summary>The user id.</summary>
    public required uint Uid { get; init; }

    /// <summary>The group id.</summary>
    public required uint Gid { get; init; }

    /// <summary>The process id in the daemon's pid namespace; absent where the kernel could not say.</summary>
    public int? Pid { get; init; }
}
