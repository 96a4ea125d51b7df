using System.Text;
using ClearanceDaemon.Cli.Native;

namespace ClearanceDaemon.Cli.Tests;

/// <summary>Runs the program inside the test, with its own streams and environment.</summary>
internal sealed class InProcess
{
    public Dictionary<string, string> Variables { get; } = [];

    public bool IsTerminal { get; init; }

    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(15);

    public Stream In { get; init; } = Stream.Null;

    public Stream Out { get; init; } = new MemoryStream();

    /// <summary>Standard error; null for one that is kept for the outcome.</summary>
    public Stream? Error { get; init; }

    /// <summary>Runs against one daemon, which serves as ask socket and operator's socket.</summary>
    public static Outcome Against(FakeDaemon daemon, params string[] args) => new InProcess().Talk(daemon, args);

    public Outcome Talk(FakeDaemon daemon, params string[] args)
    {
        Variables["CLEARANCE_ASK_SOCKET"] = daemon.Path;
        Variables["CLEARANCE_OPERATOR_SOCKET"] = daemon.Path;
        return Run(args);
    }

    public Outcome Run(params string[] args)
    {
        using var error = new MemoryStream();
        var exitCode = CommandLine.Run(args, new Surroundings
        {
            In = In,
            Out = Out,
            Error = Error ?? error,
            OutIsTerminal = () => IsTerminal,
            ErrorIsTerminal = () => IsTerminal,
            Variable = name => Variables.GetValueOrDefault(name),
            Uid = LibC.geteuid(),
            Clock = new FixedClock(),
            AnswerWithin = AnswerWithin,
            ExitOnInterrupt = _ => null,
        });
        return new Outcome(exitCode, Out is MemoryStream memory ? Encoding.UTF8.GetString(memory.ToArray()) : "", Encoding.UTF8.GetString(error.ToArray()));
    }
}
