namespace ClearanceDaemon.Protocol.Methods;

/// <summary>The state of the rules.</summary>
public static class RulesState
{
    /// <summary>Every file is in force.</summary>
    public const string Ok = "ok";

    /// <summary>A file is bad; the last good set is in force.</summary>
    public const string Stale = "stale";

    /// <summary>No good set since the start: every ask is unavailable.</summary>
    public const string Bad = "bad";
}
