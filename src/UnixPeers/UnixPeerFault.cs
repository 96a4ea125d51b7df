namespace UnixPeers;

/// <summary>Why a client has no connection, or none that it may use.</summary>
public enum UnixPeerFault
{
    /// <summary>Nobody listens there, we may not reach it, or it hung up before its reply was whole.</summary>
    Unreachable,

    /// <summary>The listener's backlog stayed full until the timeout.</summary>
    TimedOut,

    /// <summary>Someone else than expected listens, or the kernel would not say who. Nothing was sent.</summary>
    Untrusted,

    /// <summary>A reply line was longer than the caller allowed.</summary>
    ReplyTooLarge,
}
