using System.CommandLine;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance handlers</c>: the verbs about handlers; alone it lists them.</summary>
internal static class HandlersCommand
{
    public static Command Create(CommandContext context)
    {
        var verb = new Verb("handlers", "See, switch and try what the daemon hands requests to.", "clearance handlers");
        HandlersListCommand.ActAs(verb, context);
        verb.Subcommands.Add(HandlersListCommand.Create(context));
        verb.Subcommands.Add(HandlersSwitchCommand.Enable(context));
        verb.Subcommands.Add(HandlersSwitchCommand.Disable(context));
        verb.Subcommands.Add(HandlersTestCommand.Create(context));
        return verb;
    }
}
