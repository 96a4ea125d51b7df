using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Hooks;

/// <summary>What the daemon's answer to an ask means to the host. Whatever is not plainly allowed or left to the host is a denial.</summary>
internal static class HookJudgement
{
    private const string ByRule = "rule:";

    /// <param name="result">The daemon's answer.</param>
    /// <param name="wait">How long a person had.</param>
    /// <param name="closed">Nothing is left to the host.</param>
    public static HookVerdict Of(AskResult result, TimeSpan wait, bool closed) => result.Outcome switch
    {
        AskOutcome.Allowed => HookVerdict.Allow($"allowed by {By(result)}"),
        AskOutcome.Denied => HookVerdict.Deny(result.Reason is { Length: > 0 } reason ? $"denied by {By(result)}: {reason}" : $"denied by {By(result)}"),
        AskOutcome.TimedOut => HookVerdict.Deny($"nobody answered within {Duration.Format(wait)}"),
        AskOutcome.NoOperator when closed => HookVerdict.Deny("nobody is there to decide: run clearance watch, then try again"),
        AskOutcome.Abstained when closed => HookVerdict.Deny("it is left to the host's own prompt, which --closed forbids"),

        // A rule wants a person. Where there is no rule, the host's own settings are as good as they were without a hook.
        AskOutcome.NoOperator when IsRules(result) => HookVerdict.Prompt($"{By(result)} leaves it to a person, and no operator is there"),
        AskOutcome.Abstained when IsRules(result) => HookVerdict.Prompt($"{By(result)} leaves it to this prompt"),
        AskOutcome.NoOperator or AskOutcome.Abstained => HookVerdict.Abstain("no rule decides, and no operator is there"),
        AskOutcome.Withdrawn => HookVerdict.Deny("the ask was withdrawn"),
        _ => HookVerdict.Deny($"the daemon answered \"{result.Outcome}\", which this program does not know"),
    };

    private static bool IsRules(AskResult result) => result.By?.StartsWith(ByRule, StringComparison.Ordinal) == true;

    private static string By(AskResult result) => result.By ?? "the daemon";
}
