using System.CommandLine;
using System.Text;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance rules list</c>: the rules in force and what is wrong with their files.</summary>
internal static class RulesListCommand
{
    public static Command Create(CommandContext context)
    {
        var json = CommandContext.Json("print the daemon's answer as JSON, one line for each hundred rules");
        var verb = new Verb("list", "List the rules in force.", """
            clearance rules list
            clearance rules list --json

            Exit codes: 0 all files are in force, 1 some file is not, 127 no trustworthy answer.
            """);
        verb.Options.Add(json);
        verb.SetAction(parsed => Run(context, parsed, parsed.GetValue(json)));
        return verb;
    }

    private static int Run(CommandContext context, ParseResult parsed, bool json)
    {
        using var client = context.Connect(parsed, SocketRole.Operator);
        var rules = new List<RuleItem>();
        RulesListResult list;
        var after = 0;
        do
        {
            var page = after == 0 ? "{}"u8 : Encoding.UTF8.GetBytes($$"""{"after":{{after}}}""");
            var answer = client.CallRaw(MethodNames.RulesList, page);
            list = Answer.Read(answer, ProtocolJson.Default.RulesListResult);
            rules.AddRange(list.Rules);
            if (json)
            {
                context.Terminal.Json(answer);
            }

            // A next that does not rise would never end.
            after = list.Next is { } next && next > after ? next : 0;
        }
        while (after > 0);
        if (!json)
        {
            Print(context.Terminal, rules, list.Problems);
        }

        return list.State == RulesState.Ok ? ExitCodes.Ok : ExitCodes.Negative;
    }

    private static void Print(Terminal terminal, List<RuleItem> rules, RuleProblem[] problems)
    {
        if (rules.Count == 0)
        {
            terminal.Line($"no rules: every ask goes to an operator");
        }

        var table = new Table();
        foreach (var rule in rules)
        {
            table.Row(
                SafeText.Of($"{rule.Decision}"), SafeText.Of($"{rule.Id}"), SafeText.Of($"{rule.Action}"), SafeText.Of($"{rule.File}:{rule.Line}"));
        }

        table.Print(terminal);
        Problems.Print(terminal, problems);
    }
}
