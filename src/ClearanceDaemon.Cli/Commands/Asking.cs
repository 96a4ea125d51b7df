using System.CommandLine;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Commands;

/// <summary>One ask, from the connection to its answer, for every verb that asks.</summary>
internal static class Asking
{
    /// <summary>How long the daemon waits for a person when the ask does not say.</summary>
    public static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(60);

    /// <summary>Kept free for what stands around the parameters.</summary>
    public const int EnvelopeBytes = 128;

    /// <summary>Asks and waits for the answer; SIGINT ends the program meanwhile.</summary>
    /// <returns>The raw JSON of the result, for <see cref="Read"/>.</returns>
    public static byte[] Put(CommandContext context, ParseResult parsed, LineBuffer parameters, TimeSpan wait)
    {
        RequireOneLine(parameters);
        using var interrupt = context.Surroundings.ExitOnInterrupt(ExitCodes.Interrupted);
        using var client = context.Connect(parsed, SocketRole.Ask, wait);
        client.Asked = asked => context.Terminal.Tell($"waiting for an operator until {asked.Deadline}, ask {asked.Id}");
        return client.CallRaw(MethodNames.Ask, parameters.Written);
    }

    public static AskResult Read(byte[] answer) => Answer.Read(answer, ProtocolJson.Default.AskResult);

    public static void RequireOneLine(LineBuffer parameters)
    {
        if (parameters.Length + EnvelopeBytes > ProtocolLimits.AskLineBytes)
        {
            throw new UsageException(
                $"the ask is {parameters.Length} bytes long, and a line holds {ProtocolLimits.AskLineBytes}. Pass what is long as its SHA-256 and size, in a --detail each.");
        }
    }

    public static int ExitCodeOf(string outcome) => outcome switch
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
