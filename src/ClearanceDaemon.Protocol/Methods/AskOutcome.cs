namespace ClearanceDaemon.Protocol.Methods;

/// <summary>How an ask ended. A value a client does not know means no.</summary>
public static class AskOutcome
{
    /// <summary>Go ahead.</summary>
    public const string Allowed = "allowed";

    /// <summary>A rule, a grant or a person said no; the result's reason says why.</summary>
    public const string Denied = "denied";

    /// <summary>Nobody answered within the wait.</summary>
    public const string TimedOut = "timed_out";

    /// <summary>A person would have to decide and none is there.</summary>
    public const string NoOperator = "no_operator";

    /// <summary>The asker took it back.</summary>
    public const string Withdrawn = "withdrawn";

    /// <summary>The daemon has no opinion: use your own prompt.</summary>
    public const string Abstained = "abstained";
}
