namespace UnixPeers;

/// <summary>Why a socket, its directory or its lock could not be had. A program maps each to one exit code.</summary>
public enum UnixSocketFault
{
    /// <summary>The address itself is wrong: relative, with NUL, or too long (EX_USAGE, 64).</summary>
    InvalidAddress,

    /// <summary>Someone else lives there: a live listener, or the instance lock is held (EX_TEMPFAIL, 75).</summary>
    InUse,

    /// <summary>The place is not safe: owner, mode, a link, or a foreign object at the path (EX_NOPERM, 77).</summary>
    Refused,

    /// <summary>The system did not let us create it (EX_CANTCREAT, 73).</summary>
    CannotCreate,
}
