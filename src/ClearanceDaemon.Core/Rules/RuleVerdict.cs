namespace ClearanceDaemon.Core.Rules;

/// <summary>
/// The answer of a rule set. <see cref="Rule"/> is null when no rule matched: ask, with the defaults. With
/// <see cref="NeedsObserved"/> the answer stands only until the peer's observed facts are read and asked with.
/// </summary>
internal readonly record struct RuleVerdict(Decision Decision, Rule? Rule, bool NeedsObserved);
