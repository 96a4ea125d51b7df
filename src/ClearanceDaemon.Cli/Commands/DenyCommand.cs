using System.CommandLine;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance deny</c>: a person says no, once or for longer.</summary>
internal static class DenyCommand
{
    public static Command Create(CommandContext context)
    {
        var flags = new DecideFlags(context);
        var verb = new Verb("deny", "Deny asks that wait, once or for longer.", """
            clearance deny 7f3a --reason "not on a Friday"
            clearance deny 7f3a 9c2e --for 1d

            Exit codes: 0 done, 1 refused by the daemon, 126 bad usage, 127 no trustworthy answer.
            """);
        flags.AddTo(verb);
        verb.SetAction(parsed => Decider.Run(context, parsed, flags.Read(parsed, VerdictWord.Deny)));
        return verb;
    }
}
