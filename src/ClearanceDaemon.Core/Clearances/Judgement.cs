namespace ClearanceDaemon.Core.Clearances;

/// <summary>What came of judging an ask: a verdict, a fault that leaves it without one, or neither and a person has to be asked.</summary>
/// <param name="Verdict">The answer.</param>
/// <param name="Fault">Why there is none and nobody is asked either.</param>
internal readonly record struct Judgement(Verdict? Verdict, string? Fault)
{
    public static readonly Judgement AskPerson = new(null, null);

    public static implicit operator Judgement(Verdict verdict) => new(verdict, null);

    public static Judgement Failed(string fault) => new(null, fault);
}
