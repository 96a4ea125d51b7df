using System.CommandLine;

namespace ClearanceDaemon.Cli.Commands;

/// <summary>
/// <c>clearance rules check</c>: the daemon's own reader of rules, run on files that need not be in force. This program
/// becomes <c>clearanced --check-rules</c>, so output and exit code are the daemon's.
/// </summary>
internal static class RulesCheckCommand
{
    public static Command Create(CommandContext context)
    {
        var paths = new Argument<string[]>("FILE|DIR") { Description = "files of rules, or directories of them", Arity = ArgumentArity.OneOrMore };
        var json = CommandContext.Json("print the report as JSON");
        var verb = new Verb("check", "Check files of rules and run their tests, without a running daemon.", """
            clearance rules check ~/.config/clearance/rules.d
            clearance rules check 10-work.json --json

            Exit codes: 0 no errors, 1 errors, 64 or 126 bad usage, 127 clearanced was not found.
            """);
        verb.Arguments.Add(paths);
        verb.Options.Add(json);
        verb.SetAction(parsed => Run(context.Surroundings, parsed.GetValue(paths)!, parsed.GetValue(json)));
        return verb;
    }

    private static int Run(Surroundings surroundings, string[] paths, bool json)
    {
        var daemon = DaemonBinary.Find(Environment.ProcessPath, surroundings.Setting("PATH"))
            ?? throw new NoAnswerException($"{DaemonBinary.Name} is neither beside this program nor on PATH. Install the daemon, or add its directory to PATH.");
        var reason = Successor.Become(
            daemon, [daemon, "--check-rules", .. paths.Select(static path => AskFlags.FullPath("rules check", path)), .. json ? (string[])["--json"] : []]);
        throw new NoAnswerException($"{daemon} cannot be run: {reason}. Install the daemon again.");
    }
}
