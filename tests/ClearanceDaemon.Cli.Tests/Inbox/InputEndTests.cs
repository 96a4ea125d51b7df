using ClearanceDaemon.Cli.Tests.Processes;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Tests.Inbox;

/// <summary>Which standard inputs end line mode: those that somebody closes, not those that were never open.</summary>
public sealed class InputEndTests
{
    private const string Started = """
        import os, signal, sys
        kind = sys.argv[1]
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        if kind == "null": os.dup2(os.open("/dev/null", os.O_RDONLY), 0)
        if kind == "file": os.dup2(os.open(sys.argv[2], os.O_RDONLY), 0)
        if kind == "closed-pipe":
            r, w = os.pipe()
            os.close(w)
            os.dup2(r, 0)
        if kind == "full-pipe":
            r, w = os.pipe()
            os.write(w, b"ignored\n" * 100)
            os.close(w)
            os.dup2(r, 0)
        os.execv(sys.argv[2], [sys.argv[2], "watch"])
        """;

    [Theory]
    [InlineData("null")]
    [InlineData("file")]
    public void AnInputThatNeverWasOpenEndsNothing(string kind)
    {
        using var desk = new FakeDesk(Some.Ask());
        using var process = RealProcess.Start("/usr/bin/python3", ["-c", Started, kind, RealProcess.Program], ("CLEARANCE_OPERATOR_SOCKET", desk.Daemon.Path));
        Assert.Contains(" asked ", process.StandardOutput.ReadLine());
        Assert.Contains(" snapshot_end ", process.StandardOutput.ReadLine());
        for (var i = 0; i < 20; i++)
        {
            desk.Push(EventType.Operators, null, $"{{\"present\":{i}}}");
            Assert.Contains($" operators {i} present", process.StandardOutput.ReadLine());
        }

        using var kill = RealProcess.Start("kill", ["-TERM", $"{process.Id}"]);
        Assert.Equal(143, RealProcess.Finish(process).ExitCode);
    }

    [Theory]
    [InlineData("closed-pipe")]
    [InlineData("full-pipe")]
    public void AClosedPipeEndsItWell(string kind)
    {
        using var desk = new FakeDesk(Some.Ask());
        using var process = RealProcess.Start("/usr/bin/python3", ["-c", Started, kind, RealProcess.Program], ("CLEARANCE_OPERATOR_SOCKET", desk.Daemon.Path));
        Assert.Equal((0, ""), RealProcess.Finish(process) is var run ? (run.ExitCode, run.Error) : default);
    }
}
