using System.Runtime.InteropServices;
using ClearanceDaemon.Cli.Inbox;
using ClearanceDaemon.Cli.Native;
using ClearanceDaemon.Cli.Output;

namespace ClearanceDaemon.Cli;

/// <summary>What the program gets from outside: streams, variables, its user and SIGINT. Tests hand in their own.</summary>
internal sealed class Surroundings
{
    public Stream In { get; init; } = Stream.Null;

    public required Stream Out { get; init; }

    public required Stream Error { get; init; }

    public required Func<bool> OutIsTerminal { get; init; }

    public required Func<bool> ErrorIsTerminal { get; init; }

    public Func<bool> InIsTerminal { get; init; } = static () => false;

    public required Func<string, string?> Variable { get; init; }

    public required uint Uid { get; init; }

    /// <summary>The clock that ages are counted by.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How long the daemon may take for an answer that waits for nobody: a hung one must not hang scripts.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Until disposed, SIGINT ends the program with this exit code; the kernel then closes its connection.</summary>
    public required Func<int, IDisposable?> ExitOnInterrupt { get; init; }

    /// <summary>The end of standard input ends the program with this exit code.</summary>
    public Action<int> ExitOnInputEnd { get; init; } = static _ => { };

    public static Surroundings OfProcess() => new()
    {
        In = new DescriptorInput(0),
        Out = new DescriptorOutput(1),
        Error = new DescriptorOutput(2),
        InIsTerminal = static () => LibC.isatty(0) == 1,
        OutIsTerminal = static () => LibC.isatty(1) == 1,
        ErrorIsTerminal = static () => LibC.isatty(2) == 1,
        Variable = Environment.GetEnvironmentVariable,
        Uid = LibC.geteuid(),
        ExitOnInterrupt = static exitCode => PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Environment.Exit(exitCode)),
        ExitOnInputEnd = static exitCode => new Thread(() => ExitAfter(InputEnd.Wait(0), exitCode)) { IsBackground = true }.Start(),
    };

    private static void ExitAfter(bool isTheEnd, int exitCode)
    {
        if (isTheEnd)
        {
            Environment.Exit(exitCode);
        }
    }

    /// <summary>A variable's value; set but empty counts as unset.</summary>
    public string? Setting(string name) => Variable(name) is { Length: > 0 } value ? value : null;
}
