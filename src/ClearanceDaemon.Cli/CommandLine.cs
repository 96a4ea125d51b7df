using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using ClearanceDaemon.Cli.Commands;
using ClearanceDaemon.Cli.Hooks;

namespace ClearanceDaemon.Cli;

/// <summary>The whole program but its process: builds the verbs, parses, runs one, and turns every fault into a sentence and an exit code.</summary>
internal static class CommandLine
{
    // A file may not be read because an address or an argument starts with @.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    public static int Run(string[] args, Surroundings surroundings)
    {
        var context = new CommandContext(surroundings);
        ParseResult? parsed = null;
        try
        {
            parsed = Build(context).Parse(EmptyValues(args), Parsing);
            CommandLineBytes.RequireUtf8(args);
            return Invoke(context, parsed);
        }
        catch (Exception e)
        {
            // Whatever goes wrong, the exit code is one that means no.
            context.Terminal.Refuse((parsed?.CommandResult.Command as Verb)?.Refusal);
            var failure = Failure.Of(e);
            if (failure.Message.Length > 0)
            {
                context.Terminal.Complain($"clearance: {failure.Message}");
            }

            return HookCommand.IsMeant(args) ? HookHost.BlockingExitCode : failure.ExitCode;
        }
    }

    private static int Invoke(CommandContext context, ParseResult parsed)
    {
        if (parsed.Action is ParseErrorAction)
        {
            var wrong = parsed.UnmatchedTokens is [var unknown, ..] ? $"\"{unknown}\" is not known here." : parsed.Errors[0].Message;
            throw new UsageException($"{wrong} See {NameOf(parsed.CommandResult.Command)} --help.");
        }

        context.Terminal.Colours = parsed.GetValue(context.Colour)!;
        return parsed.Invoke(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            Output = context.Terminal.Writer(),
        });
    }

    internal static RootCommand Build(CommandContext context)
    {
        var root = new RootCommand("Ask clearanced for clearance, and see what it decides and why.");
        foreach (var option in (Option[])[context.Instance, context.AskSocket, context.OperatorSocket, context.Colour])
        {
            root.Options.Add(option);
        }

        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        root.Options.OfType<VersionOption>().Single().Action = new ShowVersion();

        root.Subcommands.Add(AskCommand.Create(context));
        root.Subcommands.Add(ExecCommand.Create(context));
        root.Subcommands.Add(AskpassCommand.Create(context));
        root.Subcommands.Add(GitCredentialCommand.Create(context));
        root.Subcommands.Add(McpCommand.Create(context));
        root.Subcommands.Add(PendingCommand.Create(context));
        root.Subcommands.Add(AllowCommand.Create(context));
        root.Subcommands.Add(DenyCommand.Create(context));
        root.Subcommands.Add(GrantsCommand.Create(context));
        root.Subcommands.Add(LockdownCommand.Create(context));
        root.Subcommands.Add(WatchCommand.Create(context));
        root.Subcommands.Add(RulesCommand.Create(context));
        root.Subcommands.Add(AuditCommand.Create(context));
        root.Subcommands.Add(HandlersCommand.Create(context));
        root.Subcommands.Add(StatusCommand.Create(context));
        root.Subcommands.Add(DoctorCommand.Create(context));
        root.Subcommands.Add(InstancesCommand.Create(context));
        root.Subcommands.Add(PingCommand.Create(context));
        root.Subcommands.Add(NotifyCommand.Create(context));
        root.Subcommands.Add(HookCommand.Create(context));
        root.Subcommands.Add(CompletionCommand.Create(context));
        return root;
    }

    /// <summary>The parser takes the flag after <c>--resource=</c> for its value; an empty value of its own is taken as what it is.</summary>
    private static string[] EmptyValues(string[] args)
    {
        var end = Array.IndexOf(args, "--");
        var flags = end < 0 ? args : args[..end];
        return [.. flags.SelectMany(Split), .. args[flags.Length..]];

        static string[] Split(string arg) =>
            arg.Length > 3 && arg.StartsWith("--", StringComparison.Ordinal) && arg.IndexOf('=', StringComparison.Ordinal) == arg.Length - 1
                ? [arg[..^1], ""]
                : [arg];
    }

    private static string NameOf(Command command) =>
        command is RootCommand ? "clearance" : NameOf((Command)command.Parents.First(static parent => parent is Command)) + " " + command.Name;
}
