namespace ClearanceDaemon.Protocol.Methods;

/// <summary>For how long a verdict stands.</summary>
public static class ScopeKind
{
    /// <summary>For this ask and nothing after it; no grant is made.</summary>
    public const string Once = "once";

    /// <summary>For a duration, counted from the decision.</summary>
    public const string For = "for";

    /// <summary>While the ask's principal lives.</summary>
    public const string UntilExit = "until-exit";

    /// <summary>For a number of further asks; this one is not counted.</summary>
    public const string Uses = "uses";

    /// <summary>Until it is revoked.</summary>
    public const string Always = "always";
}
