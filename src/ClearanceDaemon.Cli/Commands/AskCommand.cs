using System.CommandLine;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Commands;

/// <summary><c>clearance ask</c>: asks, waits, and turns the outcome into an exit code.</summary>
internal static class AskCommand
{
    /// <summary>How long the daemon waits for a person when the ask does not say.</summary>
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(60);

    /// <summary>Kept free for what stands around the parameters.</summary>
    private const int EnvelopeBytes = 128;

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
        var parameters = flags.Whole(parsed)!;
        RequireOneLine(parameters);
        var wait = flags.Wait(parsed) ?? DefaultWait;
        using var interrupt = context.Surroundings.ExitOnInterrupt(ExitCodes.Interrupted);
        using var client = context.Connect(parsed, SocketRole.Ask, wait);
        client.Asked = asked => context.Terminal.Tell($"waiting for an operator until {asked.Deadline}, ask {asked.Id}");
        var answer = client.CallRaw(MethodNames.Ask, parameters.Written);
        var result = Answer.Read(answer, ProtocolJson.Default.AskResult);
        var exitCode = ExitCodeOf(result.Outcome);
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

    private static void RequireOneLine(LineBuffer parameters)
    {
        if (parameters.Length + EnvelopeBytes > ProtocolLimits.AskLineBytes)
        {
            throw new UsageException(
                $"the ask is {parameters.Length} bytes long, and a line holds {ProtocolLimits.AskLineBytes}. Pass what is long as its SHA-256 and size, in a --detail each.");
        }
    }

    private static int ExitCodeOf(string outcome) => outcome switch
    {
        AskOutcome.Allowed => ExitCodes.Allowed,
        AskOutcome.Denied => ExitCodes.Denied,
        AskOutcome.NoOperator => ExitCodes.NoOperator,
        AskOutcome.TimedOut or AskOutcome.Withdrawn => ExitCodes.NotAnswered,
        AskOutcome.Abstained => ExitCodes.Abstained,
        _ => throw new NoAnswerException(
            $"The daemon answered \"{outcome}\", an outcome this program does not know. Install the clearance that came with the daemon."),
    };
}
