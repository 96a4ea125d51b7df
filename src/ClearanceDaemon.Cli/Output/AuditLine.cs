using System.Text.Json;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Output;

/// <summary>
/// One audit record on one line: <c>TIME SEQ KIND OUTCOME BY ACTION RESOURCE pid via</c>, a dash where the record has none. Records of
/// handlers, which are about other things, go on with their other members.
/// </summary>
internal static class AuditLine
{
    private static readonly string[] HandlersKinds = ["effect", "shield", "handler"];

    /// <summary>What has its place in the line, and what only the chain needs.</summary>
    private static readonly string[] Columns = ["v", "time", "seq", "kind", "outcome", "by", "action", "resource", "pid", "via", "prev"];

    public static SafeText Of(Terminal terminal, JsonElement record)
    {
        var outcome = SafeText.Of($"{Member(record, "outcome")}");
        outcome = outcome.ToString() switch
        {
            AskOutcome.Allowed => terminal.Paint(Colour.Good, outcome),
            AskOutcome.Denied => terminal.Paint(Colour.Bad, outcome),
            _ => outcome,
        };
        var line = SafeText.Of(
            $"{Member(record, "time")} {Member(record, "seq")} {Member(record, "kind")} {outcome} {Member(record, "by")} {Member(record, "action")} {Member(record, "resource")} {Member(record, "pid")} {Member(record, "via")}");
        return HandlersKinds.Contains(Member(record, "kind")) ? SafeText.Of($"{line}{Rest(record)}") : line;
    }

    private static SafeText Rest(JsonElement record)
    {
        var rest = SafeText.None;
        foreach (var member in record.EnumerateObject())
        {
            if (!Columns.Contains(member.Name))
            {
                rest = SafeText.Of($"{rest} {member.Name}={Member(record, member.Name)}");
            }
        }

        return rest;
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
