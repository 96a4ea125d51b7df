using System.CommandLine;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance allow</c>: a person says yes, once or for longer.</summary>
internal static class AllowCommand
{
    public static Command Create(CommandContext context)
    {
        var flags = new DecideFlags(context);
        var verb = new Verb("allow", "Allow asks that wait, once or for longer.", """
            clearance allow 7f3a
            clearance allow 7f3a --for 2h --reason "for the release"
            clearance allow 7f3a --uses 3 --bind action,resource
            clearance allow 7f3a --digest sha256:04d01b322de06b696a226af08e9106398fef0c85206d64d09b7f25a2c87dfbca

            Exit codes: 0 done, 1 refused by the daemon, 126 bad usage, 127 no trustworthy answer.
            """);
        flags.AddTo(verb);
        verb.SetAction(parsed => Decider.Run(context, parsed, flags.Read(parsed, VerdictWord.Allow)));
        return verb;
    }
}
