using System.CommandLine;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance rules</c>: the verbs about rules.</summary>
internal static class RulesCommand
{
    public static Command Create(CommandContext context)
    {
        var verb = new Verb("rules", "See, test, check and reload the rules.", "");
        verb.Subcommands.Add(RulesListCommand.Create(context));
        verb.Subcommands.Add(RulesExplainCommand.Create(context));
        verb.Subcommands.Add(RulesCheckCommand.Create(context));
        verb.Subcommands.Add(RulesReloadCommand.Create(context));
        return verb;
    }
}
