using System.CommandLine;
using ClearanceDaemon.Cli.Hooks;
using ClearanceDaemon.Cli.Hooks.Install;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance hook install</c> and <c>uninstall</c>: our entry in a host's settings, and nothing else in them.</summary>
internal static class HookInstallCommand
{
    public static Command Install(CommandContext context)
    {
        var (host, project, flags) = (Host(), Project(), new HookFlags());
        var verb = new Verb("install", "Have a coding agent ask here before it uses a tool.", """
            clearance hook install claude-code
            clearance hook install codex --project --via codex --closed
            """);
        verb.Arguments.Add(host);
        verb.Options.Add(project);
        flags.AddTo(verb);
        verb.SetAction(parsed => Install(context, parsed, HostOf(parsed.GetValue(host)!), parsed.GetValue(project), flags));
        return verb;
    }

    public static Command Uninstall(CommandContext context)
    {
        var (host, project) = (Host(), Project());
        var verb = new Verb("uninstall", "Take our entry out of a coding agent's settings again.", "clearance hook uninstall claude-code");
        verb.Arguments.Add(host);
        verb.Options.Add(project);
        verb.SetAction(parsed => Uninstall(context, HostOf(parsed.GetValue(host)!), parsed.GetValue(project)));
        return verb;
    }

    private static Argument<string> Host()
    {
        var host = new Argument<string>("HOST") { Description = string.Join(" or ", HookHost.All.Select(static host => host.Name)) };
        host.AcceptOnlyFromAmong([.. HookHost.All.Select(static host => host.Name)]);
        return host;
    }

    private static Option<bool> Project() => new("--project") { Description = "in the project of the current directory, not for all of the user's" };

    private static HookHost HostOf(string name) => HookHost.All.Single(host => host.Name == name);

    private static int Install(CommandContext context, ParseResult parsed, HookHost host, bool project, HookFlags flags)
    {
        var file = FileOf(context, host, project);
        var entry = new HookEntry(Program(), Arguments(context, parsed, host, flags));
        var isNew = HookInstaller.Install(file, host, entry, flags.Wait(parsed));
        if (!isNew)
        {
            context.Terminal.Line($"{file.Named} has it already; nothing was changed");
            return ExitCodes.Ok;
        }

        context.Terminal.Line($"{host.Title} asks here from now on: {string.Join(" and ", host.InstalledEvents)} in {file.Named}{Where(file)}");
        if (host.Advice.Length > 0)
        {
            context.Terminal.Line($"{host.Advice}");
        }

        return ExitCodes.Ok;
    }

    private static int Uninstall(CommandContext context, HookHost host, bool project)
    {
        var file = FileOf(context, host, project);
        if (HookInstaller.Uninstall(file, host))
        {
            context.Terminal.Line($"{host.Title} asks here no more: taken out of {file.Named}{Where(file)}");
        }
        else
        {
            context.Terminal.Line($"{file.Named} has no hook of ours; nothing was changed");
        }

        return ExitCodes.Ok;
    }

    private static string Where(SettingsFile file)
    {
        var copy = File.Exists(file.Backup) ? $"; what was there before is in {file.Backup}" : "";
        return file.IsLink ? $", a link to {file.Path}{copy}" : copy;
    }

    private static SettingsFile FileOf(CommandContext context, HookHost host, bool project) => SettingsFile.At(
        project ? host.Settings.Project(Environment.CurrentDirectory)
        : host.Settings.User(context.Surroundings) ?? throw new UsageException("HOME is not set to an absolute path, so there is no settings file. Set it, or use --project."));

    private static string Program() => Environment.ProcessPath is { } path ? path
        : throw new UsageException("it cannot be told where this program is. Write the hook into the settings by hand; clearance-hook(1) shows it.");

    private static string[] Arguments(CommandContext context, ParseResult parsed, HookHost host, HookFlags flags)
    {
        var address = context.Flags(parsed);
        var arguments = new List<string>();
        Add("--instance", address.Instance);
        Add("--ask-socket", address.AskSocket);
        arguments.AddRange(["hook", host.Name]);
        Add("--via", flags.Via(parsed));
        Add("--wait", Duration.Format(flags.Wait(parsed)));
        if (flags.Closed(parsed))
        {
            arguments.Add("--closed");
        }

        return [.. arguments];

        void Add(string flag, string? value)
        {
            if (value is not null)
            {
                arguments.AddRange([flag, value]);
            }
        }
    }
}
