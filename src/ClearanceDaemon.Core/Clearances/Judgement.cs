using ClearanceDaemon.Core.Rules;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>What came of judging an ask: a verdict, a fault that leaves it without one, or neither and a person has to be asked.</summary>
/// <param name="Verdict">The answer.</param>
/// <param name="Fault">Why there is none and nobody is asked either.</param>
/// <param name="Rule">The rule that leaves it to a person; null where none matched.</param>
internal readonly record struct Judgement(Verdict? Verdict, string? Fault, Rule? Rule)
{
    /// <summary>What handlers that were asked took of the asker's patience.</summary>
    public TimeSpan Spent { get; init; }

    /// <summary>A person has to be asked.</summary>
    public bool IsOpen => Verdict is null && Fault is null;

    public static implicit operator Judgement(Verdict verdict) => new(verdict, null, null);

    public static Judgement AskPerson(Rule? rule, TimeSpan spent) => new(null, null, rule) { Spent = spent };

    public static Judgement Failed(string fault) => new(null, fault, null);
}
