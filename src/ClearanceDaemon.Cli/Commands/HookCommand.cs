using System.CommandLine;
using ClearanceDaemon.Cli.Hooks;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance hook HOST</c>: answers a coding agent that asks its hooks before it uses a tool.</summary>
internal static class HookCommand
{
    private const string Name = "hook";

    public static Command Create(CommandContext context)
    {
        var verb = new Verb(Name, "Let a coding agent ask here before it uses a tool.", "clearance hook install claude-code");
        foreach (var host in HookHost.All)
        {
            verb.Subcommands.Add(Create(context, host));
        }

        verb.Subcommands.Add(HookInstallCommand.Install(context));
        verb.Subcommands.Add(HookInstallCommand.Uninstall(context));
        return verb;
    }

    /// <summary>
    /// A hook that could not even be started must block as well: bad usage, too. Which host it is for does not matter, the exit
    /// code is the same.
    /// </summary>
    public static bool IsMeant(string[] args) =>
        Array.IndexOf(args, Name) is >= 0 and var at && at + 1 < args.Length && args[at + 1] is not ("install" or "uninstall");

    private static Verb Create(CommandContext context, HookHost host)
    {
        var flags = new HookFlags();
        var verb = new Verb(host.Name, $"Answer {host.Title}, whose call is on standard input.", $"""
            clearance hook {host.Name} <call.json
            clearance hook {host.Name} --via agent --wait 30s --closed

            Exit codes: 0 decided, or left to {host.Title}; 2 blocked, whatever the reason.
            """);
        flags.AddTo(verb);
        verb.SetAction(parsed => new HookRun(host, flags.Wish(parsed, context), context.Surroundings).Run());
        return verb;
    }
}
