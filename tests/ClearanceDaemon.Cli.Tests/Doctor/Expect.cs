using ClearanceDaemon.Cli.Doctor;

namespace ClearanceDaemon.Cli.Tests.Doctor;

/// <summary>What a test says of a check's result.</summary>
internal static class Expect
{
    public static void Well(CheckResult result) => Assert.True(result.Severity == Severity.Ok, string.Join('\n', result.Findings));

    /// <summary>One finding, of this severity, whose texts hold all of <paramref name="parts"/>; one that is worse than a note says what to do.</summary>
    public static Finding One(CheckResult result, Severity severity, params string[] parts)
    {
        Assert.True(result.Findings.Count == 1, $"{result.Findings.Count} findings: {string.Join('\n', result.Findings)}");
        return Some(result, severity, parts);
    }

    /// <summary>The same, beside others.</summary>
    public static Finding Some(CheckResult result, Severity severity, params string[] parts)
    {
        var found = result.Findings.FirstOrDefault(finding => finding.Severity == severity && Array.TrueForAll(parts, part => $"{finding.Subject}|{finding.What}|{finding.Next}".Contains(part)));
        Assert.True(found is not null, $"no {severity} with {string.Join(", ", parts)} among: {string.Join('\n', result.Findings)}");
        Assert.True(severity == Severity.Note || found.Next is { Length: > 0 }, $"nothing is said of what to do: {found}");
        return found;
    }

    /// <summary>A single note that says why it could not look.</summary>
    public static void NotLooked(CheckResult result, string why) => Assert.Contains("not looked at: " + why, One(result, Severity.Note).What);
}
