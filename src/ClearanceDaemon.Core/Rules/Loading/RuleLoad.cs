using ClearanceDaemon.Core.Documents;

namespace ClearanceDaemon.Core.Rules.Loading;

/// <summary>What came of one reading of the rule files. <paramref name="Set"/> is null when any problem is an error.</summary>
internal sealed record RuleLoad(RuleSet? Set, IReadOnlyList<DocumentProblem> Problems, IReadOnlyList<DocumentSeen> Files, IReadOnlyList<RuleTest> Tests);
