namespace ClearanceDaemon.Cli.Doctor;

/// <summary>What came of one check.</summary>
/// <param name="Name">The check's.</param>
/// <param name="Summary">What it saw that is well; may be empty.</param>
/// <param name="Findings">What is not well; empty when all is.</param>
internal sealed record CheckResult(string Name, string Summary, IReadOnlyList<Finding> Findings)
{
    /// <summary>That of its worst finding.</summary>
    public Severity Severity => Findings.Count == 0 ? Severity.Ok : Findings.Max(static finding => finding.Severity);
}
