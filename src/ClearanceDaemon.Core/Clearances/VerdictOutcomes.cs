using ClearanceDaemon.Core.Metrics;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>The outcomes' names on the wire and in the audit, and what counts them.</summary>
internal static class VerdictOutcomes
{
    public static ReadOnlySpan<byte> Name(this VerdictOutcome outcome) => outcome switch
    {
        VerdictOutcome.Allowed => "allowed"u8,
        VerdictOutcome.TimedOut => "timed_out"u8,
        VerdictOutcome.NoOperator => "no_operator"u8,
        VerdictOutcome.Withdrawn => "withdrawn"u8,
        VerdictOutcome.Abstained => "abstained"u8,
        _ => "denied"u8,
    };

    public static Counter Counter(this VerdictOutcome outcome) => outcome switch
    {
        VerdictOutcome.Allowed => Metrics.Counter.Allowed,
        VerdictOutcome.TimedOut => Metrics.Counter.TimedOut,
        VerdictOutcome.NoOperator => Metrics.Counter.NoOperator,
        VerdictOutcome.Withdrawn => Metrics.Counter.Withdrawn,
        VerdictOutcome.Abstained => Metrics.Counter.Abstained,
        _ => Metrics.Counter.Denied,
    };
}
