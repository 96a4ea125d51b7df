namespace ClearanceDaemon.Core.Rules;

/// <summary>A rule that would have matched but for one matcher, the first of <see cref="Failures"/> to fail.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Member">The rule's member that failed, such as <c>resource</c> or <c>details</c>.</param>
/// <param name="Matcher">The matcher as the rule writes it.</param>
/// <param name="Why">What the ask has instead, as a sentence.</param>
/// <param name="Failures">How many of the rule's matchers failed.</param>
internal sealed record NearMiss(Rule Rule, string Member, string Matcher, string Why, int Failures);
