using System.Text.Json;
using ClearanceDaemon.Core.Documents;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Logging;
using UnixPeers;

namespace ClearanceDaemon;

/// <summary><c>clearanced --check-rules</c>, which <c>clearance rules check</c> runs: a report for people or as JSON.</summary>
internal static class RulesCheck
{
    public static int Run(IReadOnlyList<string> paths, bool json, TextWriter output)
    {
        var report = RuleCheck.Run(paths, TrustedPath.Refusal, static path => FileIdentity.Of(path) is { } file ? (file.Device, file.Inode) : null);
        if (json)
        {
            WriteJson(report, output);
        }
        else
        {
            WriteText(report, output);
        }

        return report.IsGood ? ExitCodes.Ok : ExitCodes.ChecksFailed;
    }

    private static void WriteText(RuleCheckReport report, TextWriter output)
    {
        foreach (var problem in report.Problems.Concat(report.TestsFailed))
        {
            output.WriteLine(LogLines.OneLine($"{problem.File}:{problem.Line}:{problem.Column}: {Word(problem.Severity)}: {problem.Message}"));
        }

        foreach (var file in report.Files.Where(static file => !file.Used))
        {
            output.WriteLine(LogLines.OneLine($"{file.Path}: not read: {file.Why}"));
        }

        output.WriteLine(
            $"{report.Rules} rules in {report.Files.Count(static file => file.Used)} files, "
            + $"{report.TestsPassed} tests passed, {report.TestsFailed.Count} failed");
    }

    private static void WriteJson(RuleCheckReport report, TextWriter output)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteBoolean("ok", report.IsGood);
            json.WriteNumber("rules", report.Rules);
            json.WriteNumber("testsPassed", report.TestsPassed);
            WriteProblems(json, "testsFailed", report.TestsFailed);
            WriteProblems(json, "problems", report.Problems);
            json.WriteStartArray("files");
            foreach (var file in report.Files)
            {
                json.WriteStartObject();
                json.WriteString("path", file.Path);
                json.WriteBoolean("used", file.Used);
                json.WriteString("why", file.Why);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteLine(System.Text.Encoding.UTF8.GetString(bytes.ToArray()));
    }

    private static void WriteProblems(Utf8JsonWriter json, string name, IEnumerable<DocumentProblem> problems)
    {
        json.WriteStartArray(name);
        foreach (var problem in problems)
        {
            json.WriteStartObject();
            json.WriteString("file", problem.File);
            json.WriteNumber("line", problem.Line);
            json.WriteNumber("column", problem.Column);
            json.WriteString("severity", Word(problem.Severity));
            json.WriteString("message", problem.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Word(DocumentSeverity severity) => severity == DocumentSeverity.Error ? "error" : "warning";
}
