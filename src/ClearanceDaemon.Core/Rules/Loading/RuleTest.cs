namespace ClearanceDaemon.Core.Rules.Loading;

/// <summary>One of a file's <c>tests</c>: an ask and what the rules are expected to say to it.</summary>
/// <param name="File">Where it is written.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in code points.</param>
/// <param name="Ask">The ask.</param>
/// <param name="Exe">The program the asker runs; null leaves the observed facts unknown unless a unit is given.</param>
/// <param name="Unit">The unit the asker runs in.</param>
/// <param name="Expect">The decision.</param>
/// <param name="Rule">The id of the rule that must be named; null accepts any.</param>
internal sealed record RuleTest(string File, int Line, int Column, AskMembers Ask, string? Exe, string? Unit, Decision Expect, string? Rule);
