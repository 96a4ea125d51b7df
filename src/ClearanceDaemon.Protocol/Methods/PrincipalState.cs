namespace ClearanceDaemon.Protocol.Methods;

/// <summary>What observed facts are worth.</summary>
public static class PrincipalState
{
    /// <summary>Read while the process was held.</summary>
    public const string Known = "known";

    /// <summary>Could not be read.</summary>
    public const string Unknown = "unknown";

    /// <summary>The process has exited.</summary>
    public const string Gone = "gone";

    /// <summary>The program is not the one first seen.</summary>
    public const string Changed = "changed";
}
