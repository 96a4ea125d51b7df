using ClearanceDaemon.Cli.Output;

namespace ClearanceDaemon.Cli.Doctor;

/// <summary>The report for people: one line for each check, findings below it, each with what to do.</summary>
internal static class DoctorReport
{
    private static readonly Severity[] WorstFirst = [Severity.Error, Severity.Warning, Severity.Note];

    public static void Print(Terminal terminal, List<CheckResult> results)
    {
        var name = results.Max(static result => result.Name.Length);
        foreach (var result in results)
        {
            terminal.Line($"{Painted(terminal, result.Severity)}  {SafeText.Of($"{result.Name}").Pad(name)}  {Line(result)}");
            foreach (var finding in IsOnItsLine(result) ? [] : result.Findings)
            {
                Print(terminal, finding);
            }
        }

        var worst = results.Max(static result => result.Severity);
        terminal.Line($"{terminal.Paint(Severities.ColourOf(worst), worst == Severity.Ok ? SafeText.Of($"all is well") : Counts(results.SelectMany(static result => result.Findings)))}");
    }

    private static void Print(Terminal terminal, Finding finding)
    {
        var word = terminal.Paint(Severities.ColourOf(finding.Severity), $"{Severities.Word(finding.Severity)}");
        var subject = finding.Subject.Length == 0 ? SafeText.None : SafeText.Of($"{finding.Subject}: ");
        terminal.Line($"    {word}: {subject}{finding.What}");
        if (finding.Next is { } next)
        {
            terminal.Line($"        do: {next}");
        }
    }

    private static SafeText Painted(Terminal terminal, Severity severity) =>
        terminal.Paint(Severities.ColourOf(severity), SafeText.Of($"{Severities.Word(severity)}").Pad("warning".Length));

    private static SafeText Line(CheckResult result)
    {
        var summary = SafeText.Of($"{result.Summary}");
        return IsOnItsLine(result) ? SafeText.Of($"{result.Findings[0].What}")
            : result.Findings.Count == 0 ? summary
            : summary.Length == 0 ? Counts(result.Findings)
            : SafeText.Of($"{Counts(result.Findings)}; {summary}");
    }

    /// <summary>A check that only says why it could not look needs no second line for it.</summary>
    private static bool IsOnItsLine(CheckResult result) => result is { Summary: "", Findings: [{ Subject: "", Next: null }] };

    /// <summary>The worst first.</summary>
    private static SafeText Counts(IEnumerable<Finding> findings)
    {
        var line = SafeText.None;
        foreach (var severity in WorstFirst)
        {
            if (findings.Count(finding => finding.Severity == severity) is > 0 and var number)
            {
                var count = Count.Of(number, Severities.Word(severity));
                line = line.Length == 0 ? count : SafeText.Of($"{line}, {count}");
            }
        }

        return line;
    }
}
