using System.CommandLine;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance audit verify</c>: the daemon walks the chain of its log, and an alarm is an exit code.</summary>
internal static class AuditVerifyCommand
{
    /// <summary>A log of the largest size on a slow disk.</summary>
    private static readonly TimeSpan WalkWithin = TimeSpan.FromMinutes(10);

    public static Command Create(CommandContext context)
    {
        var json = CommandContext.Json("print the daemon's answer as one line of JSON");
        var verb = new Verb("verify", "Verify that no record of the audit log was changed or cut off.", """
            clearance audit verify
            clearance audit verify --json

            Exit codes: 0 the chain holds, 1 alarm, 127 no trustworthy answer.
            """);
        verb.Options.Add(json);
        verb.SetAction(parsed => Run(context, parsed, parsed.GetValue(json)));
        return verb;
    }

    private static int Run(CommandContext context, ParseResult parsed, bool json)
    {
        using var client = context.Connect(parsed, SocketRole.Operator, WalkWithin);
        var answer = client.CallRaw(MethodNames.AuditVerify, "{}"u8);
        var result = Answer.Read(answer, ProtocolJson.Default.AuditVerifyResult);

        // Both have to say so: an alarm among the findings is one whatever the rest says.
        var holds = result.Ok && !result.Findings.Any(static finding => finding.Alarm);
        if (json)
        {
            context.Terminal.Json(answer);
        }
        else
        {
            Print(context.Terminal, result, holds);
        }

        return holds ? ExitCodes.Ok : ExitCodes.Negative;
    }

    private static void Print(Terminal terminal, AuditVerifyResult result, bool holds)
    {
        var word = holds ? terminal.Paint(Colour.Good, $"ok") : terminal.Paint(Colour.Bad, $"ALARM");
        terminal.Line($"{word}: {Count.Of(result.Records, "record")} in {Count.Of(result.Files, "file")}, {result.First} to {result.Last}, head {result.Head}");
        if (result.Anchor is { } anchor)
        {
            terminal.Line($"anchored at record {anchor.Seq}, {anchor.Time}");
        }

        foreach (var finding in result.Findings)
        {
            var place = finding.File is null ? SafeText.None : finding.Line is { } line ? SafeText.Of($"{finding.File}:{line}: ") : SafeText.Of($"{finding.File}: ");
            terminal.Line($"{(finding.Alarm ? terminal.Paint(Colour.Bad, $"alarm") : terminal.Paint(Colour.Doubtful, $"note"))}: {place}{finding.Message}");
        }
    }
}
