namespace ClearanceDaemon.Cli;

/// <summary>What every exit code of <c>clearance</c> means. Scripts rely on them; the manual page lists them too.</summary>
internal static class ExitCodes
{
    /// <summary>Allowed; for other verbs than ask: done, all well.</summary>
    public const int Allowed = 0;

    /// <summary>Verbs other than ask: done, all well.</summary>
    public const int Ok = Allowed;

    /// <summary>Denied.</summary>
    public const int Denied = 1;

    /// <summary>Verbs other than ask: done, and what was found is not well.</summary>
    public const int Negative = Denied;

    /// <summary>doctor: done, and what was found are warnings.</summary>
    public const int Warnings = Denied;

    /// <summary>doctor: done, and what was found are errors.</summary>
    public const int Errors = 2;

    /// <summary>No rule decides and no operator is there.</summary>
    public const int NoOperator = 2;

    /// <summary>Nobody answered in time, or the ask was withdrawn.</summary>
    public const int NotAnswered = 3;

    /// <summary>The daemon leaves it to the asker's own prompt.</summary>
    public const int Abstained = 4;

    /// <summary>The command line, the environment or a parameter is wrong: nothing was asked.</summary>
    public const int Usage = 126;

    /// <summary>No trustworthy answer: unreachable, of another user, unavailable, or not understood.</summary>
    public const int NoAnswer = 127;

    /// <summary>Interrupted (128 + SIGINT).</summary>
    public const int Interrupted = 130;
}
