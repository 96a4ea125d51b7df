using System.CommandLine;
using ClearanceDaemon.Cli.Connecting;
using ClearanceDaemon.Cli.Mcp;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance mcp</c>: a server of the Model Context Protocol, whose one tool asks before an agent uses a tool of its own.</summary>
internal static class McpCommand
{
    public static Command Create(CommandContext context)
    {
        var wait = new WaitFlag();
        var project = new Option<string?>("--project") { Description = "the directory the work belongs to (default: the current one)", HelpName = "P" };
        var verb = new Verb("mcp", "Serve the tool permission_prompt to an agent, on standard input and output.", """
            claude mcp add clearance -- clearance mcp --wait 5m
            claude -p --permission-prompt-tool mcp__clearance__permission_prompt "Tidy up the build"

            It ends with its input. Whatever goes wrong, the agent is told no.
            """);
        verb.Options.Add(project);
        verb.Options.Add(wait.Option);
        verb.SetAction(parsed => Run(context, parsed, AskFlags.FullPath("--project", parsed.GetValue(project) ?? Environment.CurrentDirectory), wait));
        return verb;
    }

    private static int Run(CommandContext context, ParseResult parsed, string project, WaitFlag wait)
    {
        context.Terminal.Colours = ColourMode.Never;
        var (flags, surroundings, patience) = (context.Flags(parsed), context.Surroundings, wait.Value(parsed));
        var settings = new PermissionSettings(
            cancelled => DaemonLink.OpenAsync(SocketRole.Ask, flags, surroundings, cancelled),
            context.Terminal, project, surroundings.Variable("HOME"), patience, patience + surroundings.AnswerWithin);
        new McpServer(context.Surroundings.In, new McpOutput(context.Terminal), settings).Run();
        return ExitCodes.Ok;
    }
}
