using System.CommandLine;
using System.Text.Json;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance lockdown</c>: deny everything until lifted, lift it, or tell.</summary>
internal static class LockdownCommand
{
    private const string On = "on";
    private const string Off = "off";
    private const string Status = "status";

    public static Command Create(CommandContext context)
    {
        var state = new Argument<string>("STATE") { Description = "on, off or status", DefaultValueFactory = static _ => Status };
        state.AcceptOnlyFromAmong(On, Off, Status);
        var reason = new Option<string?>("--reason") { Description = "why, shown with every denial", HelpName = "T" };
        var json = CommandContext.Json("print the daemon's answer as one line of JSON");
        var verb = new Verb("lockdown", "Deny everything and revoke all grants, until lifted.", """
            clearance lockdown on --reason "a strange ask"
            clearance lockdown off
            clearance lockdown

            Exit codes: 0 done, or not on, 1 on, or refused by the daemon, 126 bad usage, 127 no trustworthy answer.
            """);
        verb.Arguments.Add(state);
        verb.Options.Add(reason);
        verb.Options.Add(json);
        verb.SetAction(parsed => Run(context, parsed, parsed.GetValue(state)!, parsed.GetValue(reason), parsed.GetValue(json)));
        return verb;
    }

    private static int Run(CommandContext context, ParseResult parsed, string wanted, string? reason, bool json)
    {
        if (reason is not null && wanted != On)
        {
            throw new UsageException("--reason goes with clearance lockdown on. Leave it out.");
        }

        bool? on = wanted == Status ? null : wanted == On;
        using var client = context.Connect(parsed, SocketRole.Operator);
        byte[] answer;
        try
        {
            answer = client.CallRaw(
                MethodNames.Lockdown, JsonSerializer.SerializeToUtf8Bytes(new LockdownParams { On = on, Reason = reason }, ProtocolJson.Default.LockdownParams));
        }
        catch (RpcException e) when (e.Code == RpcErrorCode.Forbidden)
        {
            context.Terminal.Complain($"clearance: the lockdown stays as it is: {Failure.Sentences(e.Error.Message, " clearance lockdown tells how it is.")}");
            return ExitCodes.Negative;
        }

        var result = Answer.Read(answer, ProtocolJson.Default.LockdownResult);
        if (on is not null && result.State.On != on)
        {
            throw new NoAnswerException($"The daemon was told lockdown {wanted}, and answered otherwise. See clearance status.");
        }

        if (json)
        {
            context.Terminal.Json(answer);
        }
        else
        {
            Print(context.Terminal, result);
        }

        return on is null && result.State.On ? ExitCodes.Negative : ExitCodes.Ok;
    }

    private static void Print(Terminal terminal, LockdownResult result)
    {
        terminal.Line($"{LockdownLine.Of(terminal, result.State)}");
        if (result.Revoked > 0 || result.Denied > 0)
        {
            terminal.Line($"{Count.Of(result.Revoked, "grant")} revoked, {Count.Of(result.Denied, "waiting ask")} denied");
        }

        if (result.State.On)
        {
            terminal.Line($"to lift it: clearance lockdown off");
        }
    }
}
