namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Whose ask it is: the principal.</summary>
public static class AskAs
{
    /// <summary>The connecting process.</summary>
    public const string Self = "self";

    /// <summary>Its parent.</summary>
    public const string Parent = "parent";

    /// <summary>Its session leader.</summary>
    public const string Session = "session";

    /// <summary>A container whose firewall reported the ask. No asker can say this; only the daemon does.</summary>
    public const string Container = "container";
}
