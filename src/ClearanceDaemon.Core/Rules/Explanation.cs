namespace ClearanceDaemon.Core.Rules;

/// <summary>Why an ask got its answer.</summary>
/// <param name="Verdict">The answer.</param>
/// <param name="TookPart">The rules that matched, the one that decided first; without observed facts also those that wait for them.</param>
/// <param name="NearMisses">Rules whose action matched and something else did not, those with the fewest failures first, at most <see cref="RuleLimits.NearMisses"/>.</param>
/// <param name="NearMissesLeftOut">How many more there were.</param>
internal sealed record Explanation(RuleVerdict Verdict, IReadOnlyList<Rule> TookPart, IReadOnlyList<NearMiss> NearMisses, int NearMissesLeftOut);
