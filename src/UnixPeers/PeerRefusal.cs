namespace UnixPeers;

/// <summary>Why the kernel's word about a peer could not be had, or was not believed.</summary>
public enum PeerRefusal
{
    /// <summary>The descriptor is no Unix-domain socket (or no socket at all); such sockets answer with zeros, so they are not
    /// asked.</summary>
    NotUnixSocket,

    /// <summary>This system or kernel has no such option.</summary>
    Unsupported,

    /// <summary>The call failed; the errno tells how (ENOTCONN, EBADF …).</summary>
    CallFailed,

    /// <summary>The kernel filled another number of bytes than the structure has.</summary>
    ShortRead,

    /// <summary>The uid is 2³²−1, which means "no uid": the socket has no peer.</summary>
    InvalidUid,

    /// <summary>The pid is 0 or negative: no peer, or one outside our pid namespace.</summary>
    InvalidPid,

    /// <summary>(macOS) the structure has another version than 0, or its group count is out of range.</summary>
    BadVersion,

    /// <summary>(Linux) the number of SO_PEERCRED is not known for this processor, and is not guessed.</summary>
    UnknownArchitecture,
}
