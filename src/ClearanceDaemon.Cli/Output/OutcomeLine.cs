using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Output;

/// <summary>The line a person reads: what was decided, by whom, and why. The same for <c>ask</c> and <c>rules explain</c>.</summary>
internal static class OutcomeLine
{
    /// <param name="terminal">Where it goes.</param>
    /// <param name="result">What came of the ask.</param>
    /// <param name="waited">A person was to be asked: false when only rules and grants were.</param>
    public static SafeText Of(Terminal terminal, AskResult result, bool waited)
    {
        var line = Of(terminal, result.Outcome, result.By, result.Reason);
        line = result.Expires is null ? line : SafeText.Of($"{line}, until {result.Expires}");
        line = result.RetryAfter is null ? line : SafeText.Of($"{line}, ask again in {result.RetryAfter}");
        line = result.Changed is not { Length: > 0 } changed
            ? line
            : SafeText.Of($"{line} (a grant fits but for {string.Join(", ", changed)})");
        return result.Outcome != AskOutcome.NoOperator ? line
            : waited ? SafeText.Of($"{line}; nobody answers now: run clearance watch in another terminal, then ask again")
            : SafeText.Of($"{line}; nobody was asked: give --wait more than 0s");
    }

    public static SafeText Of(Terminal terminal, string outcome, string? by, string? reason)
    {
        var line = outcome switch
        {
            AskOutcome.Allowed => terminal.Paint(Colour.Good, $"allowed"),
            AskOutcome.Denied => terminal.Paint(Colour.Bad, $"denied"),
            AskOutcome.NoOperator => terminal.Paint(Colour.Doubtful, $"no operator"),
            AskOutcome.TimedOut => terminal.Paint(Colour.Doubtful, $"timed out"),
            AskOutcome.Withdrawn => terminal.Paint(Colour.Doubtful, $"withdrawn"),
            AskOutcome.Abstained => terminal.Paint(Colour.Doubtful, $"abstained"),
            _ => SafeText.Of($"{outcome}"),
        };
        line = by is null ? line : WithAuthor(line, outcome, by);
        return reason is null ? line : SafeText.Of($"{line}: {reason}");
    }

    // What nobody decided is not "by" anyone: there it is only named.
    private static SafeText WithAuthor(SafeText line, string outcome, string by) => outcome is AskOutcome.Allowed or AskOutcome.Denied
        ? SafeText.Of($"{line} by {by}")
        : SafeText.Of($"{line} ({by})");
}
