using System.CommandLine;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance ping</c>: is the daemon there, and is it ours? Starts it when a service manager holds its socket.</summary>
internal static class PingCommand
{
    public static Command Create(CommandContext context)
    {
        var role = new Option<bool>("--operator") { Description = "ping the operator's socket, not the ask socket" };
        var json = CommandContext.Json("print the daemon's answer as one line of JSON");
        var verb = new Verb("ping", "See whether the daemon answers; starts it where its socket is activated.", """
            clearance ping
            clearance ping --instance test --json
            """);
        verb.Options.Add(role);
        verb.Options.Add(json);
        verb.SetAction(parsed => Run(context, parsed, parsed.GetValue(role) ? SocketRole.Operator : SocketRole.Ask, parsed.GetValue(json)));
        return verb;
    }

    private static int Run(CommandContext context, ParseResult parsed, string role, bool json)
    {
        using var client = context.Connect(parsed, role);
        var answer = client.CallRaw(MethodNames.Ping, "{}"u8);
        var ping = Answer.Read(answer, ProtocolJson.Default.PingResult);
        if (!ping.Pong)
        {
            throw new NoAnswerException("The daemon answered a ping with something else than pong. Restart it.");
        }

        if (json)
        {
            context.Terminal.Json(answer);
        }
        else
        {
            context.Terminal.Line($"pong from pid {ping.Pid}");
        }

        return ExitCodes.Ok;
    }
}
