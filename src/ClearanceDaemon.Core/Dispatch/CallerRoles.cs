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

    /// <summary>Every socket.</summary>
    Any = Ask | Operator,
}
