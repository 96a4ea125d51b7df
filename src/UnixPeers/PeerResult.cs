namespace UnixPeers;

/// <summary>The outcome of asking the kernel for a peer: there is a peer, or a reason why there is none. There is no default in
/// between.</summary>
public abstract record PeerResult
{
    private PeerResult()
    {
    }

    /// <summary>The kernel named the peer.</summary>
    /// <param name="Credentials">Who it is.</param>
    public sealed record Peer(PeerCredentials Credentials) : PeerResult;

    /// <summary>The peer is not known; let nothing in on it.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Errno">The errno of the call that failed; 0 where none failed.</param>
    public sealed record Refused(PeerRefusal Reason, int Errno) : PeerResult;
}
