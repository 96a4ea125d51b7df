using ClearanceDaemon.Core.Metrics;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>The outcomes' names on the wire and in the audit, and what counts them.</summary>
internal static class AskOutcomes
{
    public static ReadOnlySpan<byte> Name(this AskOutcome outcome) => outcome switch
    {
        AskOutcome.Allowed => "allowed"u8,
        AskOutcome.TimedOut => "timed_out"u8,
        AskOutcome.NoOperator => "no_operator"u8,
        AskOutcome.Withdrawn => "withdrawn"u8,
        AskOutcome.Abstained => "abstained"u8,
        _ => "denied"u8,
    };

    public static Counter Counter(this AskOutcome outcome) => outcome switch
    {
        AskOutcome.Allowed => Metrics.Counter.Allowed,
        AskOutcome.TimedOut => Metrics.Counter.TimedOut,
        AskOutcome.NoOperator => Metrics.Counter.NoOperator,
        AskOutcome.Withdrawn => Metrics.Counter.Withdrawn,
        AskOutcome.Abstained => Metrics.Counter.Abstained,
        _ => Metrics.Counter.Denied,
    };
}
