namespace ClearanceDaemon.Protocol.Methods;

/// <summary>What the kernel says about a peer, as of its connect.</summary>
public sealed record VerifiedFacts
{
    /// <summary>The user id.</summary>
    public required uint Uid { get; init; }

    /// <summary>The group id.</summary>
    public required uint Gid { get; init; }

    /// <summary>The process id in the daemon's pid namespace; absent where the kernel could not say.</summary>
    public int? Pid { get; init; }

    /// <summary>The socket it reached.</summary>
    public required string Via { get; init; }
}
