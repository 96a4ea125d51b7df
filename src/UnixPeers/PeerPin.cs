namespace UnixPeers;

/// <summary>The outcome of pinning a peer's process. The cases are never folded into one: "the process is gone" must not look like "an
/// old kernel".</summary>
public abstract record PeerPin
{
    private PeerPin()
    {
    }

    /// <summary>The process is held, and was alive after it was.</summary>
    /// <param name="Process">Owns a descriptor; the receiver disposes it.</param>
    public sealed record Pinned(PeerProcess Process) : PeerPin;

    /// <summary>The process that connected (or listened) has exited; what its pid names now is another.</summary>
    public sealed record Gone : PeerPin;

    /// <summary>The system cannot pin peers (Linux before 6.5, macOS).</summary>
    public sealed record Unsupported : PeerPin;

    /// <summary>The call failed for want of something else, such as descriptors (EMFILE): nothing is known, treat the peer as not
    /// pinned.</summary>
    /// <param name="Errno">The errno.</param>
    public sealed record Failed(int Errno) : PeerPin;
}
