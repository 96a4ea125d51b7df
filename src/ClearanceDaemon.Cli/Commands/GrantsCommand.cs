using System.CommandLine;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance grants</c>: the verbs about grants; alone it lists them.</summary>
internal static class GrantsCommand
{
    public static Command Create(CommandContext context)
    {
        var verb = new Verb("grants", "See and take back what was granted for longer.", "clearance grants");
        GrantsListCommand.ActAs(verb, context);
        verb.Subcommands.Add(GrantsListCommand.Create(context));
        verb.Subcommands.Add(GrantsRevokeCommand.Create(context));
        return verb;
    }
}
