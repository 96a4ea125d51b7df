using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>What rules alone say to an ask: their decision, or, where a person would have to decide and none can be asked, what their whenNobody says.</summary>
internal static class Undecided
{
    public static readonly byte[] ByDefault = "default"u8.ToArray();
    private static readonly byte[] NobodyThere = "nobody is there to answer"u8.ToArray();

    public static VerdictOutcome Outcome(in RuleVerdict decided) => decided.Decision switch
    {
        Decision.Allow => VerdictOutcome.Allowed,
        Decision.Deny => VerdictOutcome.Denied,
        _ => (decided.Rule?.WhenNobody ?? WhenNobody.NoOperator) switch
        {
            WhenNobody.Deny => VerdictOutcome.Denied,
            WhenNobody.Abstain => VerdictOutcome.Abstained,
            WhenNobody.Wait => VerdictOutcome.TimedOut,
            _ => VerdictOutcome.NoOperator,
        },
    };

    public static Verdict Verdict(in RuleVerdict decided, RequestId id, byte[]? digest, string[]? changed = null) =>
        new(Outcome(decided), id, decided.Rule?.By ?? ByDefault, Reason(decided), digest) { Changed = changed };

    private static byte[]? Reason(in RuleVerdict decided) => decided switch
    {
        { Decision: Decision.Allow } => null,
        { Decision: Decision.Ask, Rule.WhenNobody: WhenNobody.Deny } => decided.Rule.ReasonUtf8 ?? NobodyThere,
        _ => decided.Rule?.ReasonUtf8,
    };
}
