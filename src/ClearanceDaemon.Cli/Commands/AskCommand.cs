using System.CommandLine;
using ClearanceDaemon.Cli.Output;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance ask</c>: asks, waits, and turns the outcome into an exit code.</summary>
internal static class AskCommand
{
    public static Command Create(CommandContext context)
    {
        var flags = new AskFlags();
        var json = CommandContext.Json("print the daemon's answer as one line of JSON");
        var verb = new Verb("ask", "Ask for clearance: may I do this? The exit code is the answer.", """
            clearance ask --action net.connect --resource api.github.com:443 && curl https://api.github.com
            clearance ask --action shell.exec --reason "clean the build" --wait 5m -- rm -r build
            clearance ask --action deploy.prod --detail env=prod --detail replicas:=3 --json

            Exit codes: 0 allowed, 1 denied, 2 no operator, 3 timed out or withdrawn, 4 abstained,
            126 bad usage, 127 no trustworthy answer, 130 interrupted. Whatever is not 0 means no.
            """);
        flags.AddTo(verb);
        verb.Options.Add(json);
        verb.SetAction(parsed => Run(context, parsed, flags, parsed.GetValue(json)));
        return verb;
    }

    private static int Run(CommandContext context, ParseResult parsed, AskFlags flags, bool json)
    {
        var wait = flags.Wait(parsed);
        var answer = Asking.Put(context, parsed, flags.Whole(parsed)!, wait);
        var result = Asking.Read(answer);
        var exitCode = Asking.ExitCodeOf(result.Outcome);
        if (json)
        {
            context.Terminal.Json(answer);
        }
        else
        {
            context.Terminal.Line($"{OutcomeLine.Of(context.Terminal, result, waited: wait > TimeSpan.Zero)}");
        }

        return exitCode;
    }
}
