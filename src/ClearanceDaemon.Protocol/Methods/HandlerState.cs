namespace ClearanceDaemon.Protocol.Methods;

/// <summary>How a handler is.</summary>
public static class HandlerState
{
    /// <summary>It is on, and nothing is wrong that the daemon knows of.</summary>
    public const string Ok = "ok";

    /// <summary>It is switched off.</summary>
    public const string Disabled = "disabled";

    /// <summary>It failed; the next call is made once its back-off is over.</summary>
    public const string BackingOff = "backing_off";

    /// <summary>It failed again and again: its breaker is open. One call is tried each time the back-off is over.</summary>
    public const string Broken = "broken";

    /// <summary>It is on and cannot work; <see cref="HandlerItem.Problem"/> says why.</summary>
    public const string Bad = "bad";
}
