using System.Globalization;
using ClearanceDaemon.Cli.Tests.Processes;

namespace ClearanceDaemon.Cli.Tests.Exec;

/// <summary>The command that was allowed cannot tell that anyone was asked: the same process, with all it was given.</summary>
public sealed class ExecProcessTests : IDisposable
{
    /// <summary>Runs what follows with a signal ignored, another blocked, a descriptor open, a variable that is no UTF-8, and SIGPIPE as it is.</summary>
    private const string Peculiar = """
        import os, signal, sys
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
        os.dup2(os.open("/dev/null", os.O_RDONLY), 9)
        os.umask(0o027)
        os.chdir("/usr")
        environment = {b"PATH": b"/usr/bin:/bin", b"ODD": b"\xff\xfe", b"EMPTY": b""}
        environment.update((k.encode(), v.encode()) for k, v in os.environ.items() if k.startswith("CLEARANCE_") or k.startswith("DOTNET"))
        os.execve(sys.argv[1], sys.argv[1:], environment)
        """;

    /// <summary>Tells all that it was given.</summary>
    private const string Told = """
        import os, sys
        status = open("/proc/self/status").read().split("\n")
        print(sorted(line for line in status if line.startswith(("SigIgn", "SigBlk", "SigCgt", "Umask", "NoNewPrivs"))))
        print(sorted(os.environb.items()), os.getcwd(), sys.argv[1:], sorted(os.listdir("/proc/self/fd")))
        """;

    private readonly FakeDaemon _daemon = FakeDaemon.Answering(Answers.Allowed);

    public void Dispose() => _daemon.Dispose();

    [Fact]
    public void NothingItWasGivenIsAnother()
    {
        string[] command = ["/usr/bin/python3", "-c", Told, "a b", "", "é"];
        var direct = RealProcess.Run("/usr/bin/python3", ["-c", Peculiar, .. command], ("CLEARANCE_ASK_SOCKET", _daemon.Path));
        var asked = RealProcess.Run(
            "/usr/bin/python3", ["-c", Peculiar, RealProcess.Program, "exec", "--action", "a", "--", .. command], ("CLEARANCE_ASK_SOCKET", _daemon.Path));
        Assert.Equal((0, ""), (direct.ExitCode, direct.Error));
        Assert.Equal(direct, asked);
        Assert.Single(_daemon.Lines);
    }

    [Fact]
    public void ItIsTheSameProcess()
    {
        using var process = Start("/bin/sh", "-c", "echo $$");
        var pid = process.Id;
        Assert.Equal(new Outcome(0, $"{pid.ToString(CultureInfo.InvariantCulture)}\n", ""), RealProcess.Finish(process));
    }

    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 3", 3)]
    [InlineData("exit 127", 127)]
    [InlineData("kill -9 $$", 137)]
    public void ItsEndIsItsOwn(string script, int exitCode) =>
        Assert.Equal(new Outcome(exitCode, "", ""), RealProcess.Finish(Start("/bin/sh", "-c", script)));

    [Fact]
    public void StandardInputIsUnread()
    {
        using var process = Start("cat");
        process.StandardInput.Write("one\ntwo\n");
        Assert.Equal(new Outcome(0, "one\ntwo\n", ""), RealProcess.Finish(process));
    }

    [Fact]
    public void APipelineEndsWithItsReader() =>
        Assert.Equal("y\n141\n", RealProcess.Run(
            "/bin/bash", ["-c", "\"$0\" exec --action a -- yes | head -1; echo ${PIPESTATUS[0]}", RealProcess.Program], ("CLEARANCE_ASK_SOCKET", _daemon.Path)).Out);

    [Fact]
    public void ALinkRunsWhatItLeadsToUnderItsOwnName()
    {
        using var directory = new TempDirectory();
        var link = directory.Combine("echo-link");
        File.CreateSymbolicLink(link, "/bin/echo");
        Assert.Equal("hi\n", RealProcess.Finish(Start(link, "hi")).Out);
        Assert.Contains($"\"program\":\"{link}\"", _daemon.Lines.Single(), StringComparison.Ordinal);
    }

    private System.Diagnostics.Process Start(params string[] command) =>
        RealProcess.Start(RealProcess.Program, ["exec", "--action", "a", "--", .. command], ("CLEARANCE_ASK_SOCKET", _daemon.Path));
}
