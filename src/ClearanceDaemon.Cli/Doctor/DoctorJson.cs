using System.Text.Json;

namespace ClearanceDaemon.Cli.Doctor;

/// <summary>The report for programs: one object with every check, also those that found nothing.</summary>
internal static class DoctorJson
{
    public static byte[] Of(List<CheckResult> results, string version)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("version", version);
            json.WriteString("severity", Severities.Word(results.Max(static result => result.Severity)));
            json.WriteStartArray("checks");
            results.ForEach(result => Write(json, result));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static void Write(Utf8JsonWriter json, CheckResult result)
    {
        json.WriteStartObject();
        json.WriteString("name", result.Name);
        json.WriteString("severity", Severities.Word(result.Severity));
        json.WriteString("summary", result.Summary);
        json.WriteStartArray("findings");
        foreach (var finding in result.Findings)
        {
            json.WriteStartObject();
            json.WriteString("severity", Severities.Word(finding.Severity));
            json.WriteString("subject", finding.Subject);
            json.WriteString("what", finding.What);
            if (finding.Next is { } next)
            {
                json.WriteString("next", next);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
