using System.CommandLine;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance rules reload</c>: the daemon reads its rules again and says what came of it.</summary>
internal static class RulesReloadCommand
{
    public static Command Create(CommandContext context)
    {
        var json = CommandContext.Json("print the daemon's answer as one line of JSON");
        var verb = new Verb("reload", "Make the daemon read its rules again.", """
            clearance rules check ~/.config/clearance/rules.d && clearance rules reload

            Exit codes: 0 all files are in force, 1 some file is not, 127 no trustworthy answer.
            """);
        verb.Options.Add(json);
        verb.SetAction(parsed => Run(context, parsed, parsed.GetValue(json)));
        return verb;
    }

    private static int Run(CommandContext context, ParseResult parsed, bool json)
    {
        using var client = context.Connect(parsed, SocketRole.Operator);
        var answer = client.CallRaw(MethodNames.RulesReload, "{}"u8);
        var reload = Answer.Read(answer, ProtocolJson.Default.RulesReloadResult);
        if (json)
        {
            context.Terminal.Json(answer);
        }
        else
        {
            context.Terminal.Line(
                $"{context.Terminal.Paint(Problems.ColourOf(reload.State), $"{reload.State}")}: {reload.Count} rules in force, sha256 {reload.Sha256}");
            Problems.Print(context.Terminal, reload.Problems);
        }

        return reload.State == RulesState.Ok ? ExitCodes.Ok : ExitCodes.Negative;
    }
}
