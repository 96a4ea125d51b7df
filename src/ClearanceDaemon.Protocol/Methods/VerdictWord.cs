namespace ClearanceDaemon.Protocol.Methods;

/// <summary>What a person says to a pending ask. There is no third word.</summary>
public static class VerdictWord
{
    /// <summary>Go ahead.</summary>
    public const string Allow = "allow";

    /// <summary>No.</summary>
    public const string Deny = "deny";
}
