using System.Text.Json;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Output;

/// <summary>One audit record on one line: <c>TIME SEQ KIND OUTCOME BY ACTION RESOURCE pid via</c>, a dash where the record has none.</summary>
internal static class AuditLine
{
    public static SafeText Of(Terminal terminal, JsonElement record)
    {
        var outcome = SafeText.Of($"{Member(record, "outcome")}");
        outcome = outcome.ToString() switch
        {
            AskOutcome.Allowed => terminal.Paint(Colour.Good, outcome),
            AskOutcome.Denied => terminal.Paint(Colour.Bad, outcome),
            _ => outcome,
        };
        return SafeText.Of(
            $"{Member(record, "time")} {Member(record, "seq")} {Member(record, "kind")} {outcome} {Member(record, "by")} {Member(record, "action")} {Member(record, "resource")} {Member(record, "pid")} {Member(record, "via")}");
    }

    private static string Member(JsonElement record, string name)
    {
        if (record.ValueKind != JsonValueKind.Object || !record.TryGetProperty(name, out var value))
        {
            return "-";
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return text.Length == 0 ? "-" : text;
    }
}
