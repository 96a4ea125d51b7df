using System.CommandLine;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance status</c>: how the daemon is.</summary>
internal static class StatusCommand
{
    public static Command Create(CommandContext context)
    {
        var json = CommandContext.Json("print the daemon's answer as one line of JSON");
        var verb = new Verb("status", "Show how the daemon is: lockdown, asks that wait, sockets, rules, audit log, handlers, counters.", """
            clearance status
            clearance status --json

            Exit codes: 0 all is well, 1 degraded, locked down or a handler does not work, 127 no trustworthy answer.
            """);
        verb.Options.Add(json);
        verb.SetAction(parsed => Run(context, parsed, parsed.GetValue(json)));
        return verb;
    }

    private static int Run(CommandContext context, ParseResult parsed, bool json)
    {
        using var client = context.Connect(parsed, SocketRole.Operator);
        var answer = client.CallRaw(MethodNames.Status, "{}"u8);
        var status = Answer.Read(answer, ProtocolJson.Default.StatusResult);
        if (json)
        {
            context.Terminal.Json(answer);
        }
        else
        {
            new StatusReport(context.Terminal, status).Print();
        }

        return IsWell(status) ? ExitCodes.Ok : ExitCodes.Negative;
    }

    private static bool IsWell(StatusResult status) =>
        status is { State: HealthState.Ok, Rules.State: RulesState.Ok, Audit.State: AuditState.Ok, Lockdown: not { On: true } }
        && (status.Handlers is not { } handlers || HandlerWords.AreWell(handlers));
}
