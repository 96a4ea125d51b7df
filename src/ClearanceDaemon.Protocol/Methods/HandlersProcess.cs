namespace ClearanceDaemon.Protocol.Methods;

/// <summary>How the daemon stands with the process that runs handlers' programs.</summary>
public static class HandlersProcess
{
    /// <summary>This daemon was not told of one.</summary>
    public const string None = "none";

    /// <summary>Not needed yet, or not any more; it is activated by the next request.</summary>
    public const string Idle = "idle";

    /// <summary>Connected, and its user is the daemon's own.</summary>
    public const string Connected = "connected";

    /// <summary>The last try to reach it failed.</summary>
    public const string Unreachable = "unreachable";
}
