using ClearanceDaemon.Core.Documents;

namespace ClearanceDaemon.Core.Rules;

/// <summary>What a check of rule files found.</summary>
/// <param name="Files">All that was looked at.</param>
/// <param name="Rules">How many rules the set has; 0 when it has errors.</param>
/// <param name="Problems">Errors and warnings.</param>
/// <param name="TestsPassed">How many tests passed; none run when the set has errors.</param>
/// <param name="TestsFailed">The tests that failed, each with what was expected and what came.</param>
internal sealed record RuleCheckReport(
    IReadOnlyList<DocumentSeen> Files, int Rules, IReadOnlyList<DocumentProblem> Problems, int TestsPassed, IReadOnlyList<DocumentProblem> TestsFailed)
{
    /// <summary>Whether the daemon would take these files and they do what their tests say; warnings do not count.</summary>
    public bool IsGood => TestsFailed.Count == 0 && Problems.All(static p => p.Severity == DocumentSeverity.Warning);
}
