namespace ClearanceDaemon.Protocol.Methods;

/// <summary>What a rule decides.</summary>
public static class RuleDecision
{
    /// <summary>Yes, unless another rule denies or asks.</summary>
    public const string Allow = "allow";

    /// <summary>A person decides, unless another rule denies.</summary>
    public const string Ask = "ask";

    /// <summary>No.</summary>
    public const string Deny = "deny";
}
