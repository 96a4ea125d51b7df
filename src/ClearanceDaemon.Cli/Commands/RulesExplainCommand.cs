using System.CommandLine;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance rules explain</c>: what the rules would say to an ask, which took part, and which almost did.</summary>
internal static class RulesExplainCommand
{
    public static Command Create(CommandContext context)
    {
        var flags = new AskFlags();
        var via = new Option<string?>("--via") { Description = "the asker's socket it would come by (default ask)", HelpName = "NAME" };
        var json = CommandContext.Json("print the daemon's answer as one line of JSON");
        var verb = new Verb("explain", "Say what the rules would answer, and why, without asking.", """
            clearance rules explain --action net.connect --resource api.github.com:443
            clearance rules explain --action shell.exec --via claude -- rm -rf build
            """);
        flags.AddTo(verb);
        verb.Options.Add(via);
        verb.Options.Add(json);
        verb.SetAction(parsed => Run(context, parsed, flags, parsed.GetValue(via), parsed.GetValue(json)));
        return verb;
    }

    private static int Run(CommandContext context, ParseResult parsed, AskFlags flags, string? via, bool json)
    {
        var parameters = flags.Begin(parsed);
        AskFlags.Member(parameters, "via"u8, via);
        parameters.Raw((byte)'}');
        using var client = context.Connect(parsed, SocketRole.Operator);
        var answer = client.CallRaw(MethodNames.RulesExplain, parameters.Written);
        var explained = Answer.Read(answer, ProtocolJson.Default.RulesExplainResult);
        if (json)
        {
            context.Terminal.Json(answer);
        }
        else
        {
            Print(context.Terminal, explained);
        }

        return ExitCodes.Ok;
    }

    private static void Print(Terminal terminal, RulesExplainResult explained)
    {
        terminal.Line($"{OutcomeLine.Of(terminal, explained.Outcome, explained.By, explained.Reason)}");
        terminal.Line($"decision: {explained.Decision}");
        terminal.Line($"rules that took part:{(explained.Rules.Length == 0 ? " none" : "")}");
        var table = new Table();
        foreach (var rule in explained.Rules)
        {
            table.Row(SafeText.Of($"  {rule.Decision}"), SafeText.Of($"{rule.Id}"), SafeText.Of($"{rule.File}:{rule.Line}"));
        }

        table.Print(terminal);
        terminal.Line($"near misses:{(explained.NearMisses.Length == 0 ? " none" : "")}");
        foreach (var miss in explained.NearMisses)
        {
            terminal.Line($"  {miss.Decision}  {miss.Id}  {miss.Failed} is not {miss.Matcher}: {miss.Why}");
        }
    }
}
