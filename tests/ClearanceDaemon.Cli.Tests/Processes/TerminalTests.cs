namespace ClearanceDaemon.Cli.Tests.Processes;

/// <summary>On a real terminal (a pseudo terminal that python opens): colours, and the line that says one has to wait.</summary>
public sealed class TerminalTests
{
    private const string OnTerminal = "import pty,sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)";

    [Fact]
    public void ATerminalGetsColoursUnlessToldOtherwise()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        Assert.Contains("\e[32mallowed\e[0m by rule:github", Run(daemon, ("TERM", "xterm"), ("NO_COLOR", null)).Out);
        Assert.DoesNotContain('\e', Run(daemon, ("TERM", "xterm"), ("NO_COLOR", "1")).Out);
        Assert.DoesNotContain('\e', Run(daemon, ("TERM", "dumb"), ("NO_COLOR", null)).Out);
    }

    [Fact]
    public void ATerminalIsToldOfTheWait()
    {
        using var daemon = new FakeDaemon(static exchange =>
        {
            exchange.Raw("""{"jsonrpc":"2.0","method":"clearance.asked","params":{"request":1,"id":"7f3a","digest":"d","deadline":"2026-11-20T10:00:00.000Z"}}""" + "\n");
            exchange.Result("""{"outcome":"timed_out","id":"7f3a"}""");
        });
        var run = Run(daemon, ("TERM", "dumb"));
        Assert.Equal(3, run.ExitCode);
        Assert.Equal("waiting for an operator until 2026-11-20T10:00:00.000Z, ask 7f3a\ntimed out\n", run.Out.Replace("\r", ""));
    }

    private static Outcome Run(FakeDaemon daemon, params (string Name, string? Value)[] variables) => RealProcess.Run(
        "/usr/bin/python3", ["-c", OnTerminal, RealProcess.Program, "ask", "--action", "a"], [("CLEARANCE_ASK_SOCKET", daemon.Path), .. variables]);
}
