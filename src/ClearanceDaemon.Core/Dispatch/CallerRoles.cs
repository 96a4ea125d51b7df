namespace ClearanceDaemon.Core.Dispatch;

/// <summary>Which sockets a method is served on. A caller's role is the socket it could reach, never something it says.</summary>
[Flags]
public enum CallerRoles
{
    /// <summary>Nobody.</summary>
    None = 0,

    /// <summary>Whoever reaches an ask socket: sandboxes, agents, scripts.</summary>
    Ask = 1,

    /// <summary>Whoever reaches the operator socket: the person.</summary>
    Operator = 2,

    /// <summary>Every socket of the daemon's own.</summary>
    Any = Ask | Operator,

    /// <summary>
    /// The first that is free: from here up the bits are the host's, for roles of its own. On a socket of such a role exist
    /// the methods that name it and no other, not even <c>clearance.ping</c>; its callers have the limits of askers.
    /// </summary>
    Own = 1 << 8,
}
