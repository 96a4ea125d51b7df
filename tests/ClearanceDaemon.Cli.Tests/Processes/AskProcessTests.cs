using System.Globalization;
using System.Text.Json;

namespace ClearanceDaemon.Cli.Tests.Processes;

/// <summary>What only a real process shows: exit codes, signals, raw bytes, and who listens.</summary>
public sealed class AskProcessTests
{
    private static readonly string[] Ask = ["ask", "--action", "a"];
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("allowed", 0)]
    [InlineData("denied", 1)]
    [InlineData("no_operator", 2)]
    [InlineData("withdrawn", 3)]
    [InlineData("abstained", 4)]
    [InlineData("other", 127)]
    public void TheExitCodeIsTheAnswer(string outcome, int exitCode)
    {
        using var daemon = FakeDaemon.Answering($$"""{"outcome":"{{outcome}}","id":"1"}""");
        Assert.Equal(exitCode, RealProcess.Run(Ask, ("CLEARANCE_ASK_SOCKET", daemon.Path)).ExitCode);
    }

    [Fact]
    public void BadUsageIs126() => RealProcess.Run(["ask"]).AssertFailed(126, "--action");

    [Fact]
    public void NobodyThereIs127()
    {
        using var runtime = new TempDirectory();
        RealProcess.Run(Ask, ("XDG_RUNTIME_DIR", runtime.Path)).AssertFailed(127, $"{runtime.Path}/clearance/ask/clearance.sock");
    }

    [Fact]
    public void AnUntrustedRuntimeDirectoryIs127()
    {
        using var runtime = new TempDirectory();
        File.SetUnixFileMode(runtime.Path, (UnixFileMode)0b111_111_111);
        RealProcess.Run(Ask, ("XDG_RUNTIME_DIR", runtime.Path)).AssertFailed(127, runtime.Path);
    }

    [Fact]
    public void InterruptedIs130AndTheConnectionEnds()
    {
        // A test runner in the background has SIGINT ignored, which children inherit and keep.
        const string Heeding = "import os,signal,sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])";
        using var daemon = new FakeDaemon(static _ => { });
        using var process = RealProcess.Start(
            "/usr/bin/python3", ["-c", Heeding, RealProcess.Program, .. Ask, "--wait", "1h"], ("CLEARANCE_ASK_SOCKET", daemon.Path));
        Assert.True(daemon.Received.Wait(Deadline), "no ask came");
        Assert.False(process.HasExited);
        using var kill = RealProcess.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
        var run = RealProcess.Finish(process);
        Assert.Equal((130, ""), (run.ExitCode, run.Out));
        Assert.True(daemon.Closed.Wait(Deadline), "the connection is still open");
    }

    [Fact]
    public void B29_AFakeDaemonOfAnotherUserIsNeverBelieved()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root to run a listener as another user");
        using var directory = new TempDirectory();
        using var listener = NobodysListener(directory);
        var ready = listener.StandardOutput.ReadLine();
        Assert.True(ready == "ready", "no listener: " + ready);
        try
        {
            var socket = directory.Combine("s");
            RealProcess.Run(Ask, ("CLEARANCE_ASK_SOCKET", socket)).AssertFailed(127, "expected uid 0", "uid 65534", "CLEARANCE_SERVER_UID");
            RealProcess.Run(["status", "--operator-socket", socket]).AssertFailed(127, "uid 65534");
            RealProcess.Run(["ping", "--ask-socket", socket, "--json"]).AssertFailed(127, "uid 65534");

            // The same listener, expected: then it is believed, and is the first to have got a byte.
            var expected = RealProcess.Run(Ask, ("CLEARANCE_ASK_SOCKET", socket), ("CLEARANCE_SERVER_UID", "65534"));
            Assert.Equal((0, "allowed\n"), (expected.ExitCode, expected.Out));
        }
        finally
        {
            listener.Kill();
        }

        Assert.Equal("got 1 lines", listener.StandardOutput.ReadToEnd().Trim().Split('\n')[^1]);
    }

    [Fact]
    public void B29_ADirectoryPutInPlaceOfOursIsNoReasonToBelieve()
    {
        // The same user's listener in a runtime directory that others may write to: it could be anyone's.
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        using var runtime = new TempDirectory();
        Directory.CreateDirectory(runtime.Combine("clearance/ask"));
        File.CreateSymbolicLink(runtime.Combine("clearance/ask/clearance.sock"), daemon.Path);
        File.SetUnixFileMode(runtime.Path, (UnixFileMode)0b111_111_111);
        RealProcess.Run(Ask, ("XDG_RUNTIME_DIR", runtime.Path)).AssertFailed(127, runtime.Path);
        Assert.Empty(daemon.Lines);
    }

    [Fact]
    public void AnArgumentThatIsNotUtf8IsNotAsked()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        const string Script = "import os,sys; os.execv(sys.argv[1].encode(), [b'clearance', b'ask', b'--action', b'a', b'--', b'rm', b'\\xff'])";
        var run = RealProcess.Run("/usr/bin/python3", ["-c", Script, RealProcess.Program], ("CLEARANCE_ASK_SOCKET", daemon.Path));
        run.AssertFailed(126, "UTF-8");
        Assert.Empty(daemon.Lines);
    }

    [Fact]
    public void ATrueReplacementCharacterIsAsked()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        Assert.Equal(0, RealProcess.Run([.. Ask, "--", "\uFFFD"], ("CLEARANCE_ASK_SOCKET", daemon.Path)).ExitCode);
        Assert.Equal("\uFFFD", JsonDocument.Parse(daemon.Lines.Single()).RootElement.GetProperty("params").GetProperty("argv")[0].GetString());
    }

    [Fact]
    public void AFullOutputIs127()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        var run = RealProcess.Run("/bin/sh", ["-c", $"\"$0\" ask --action a >/dev/full", RealProcess.Program], ("CLEARANCE_ASK_SOCKET", daemon.Path));
        run.AssertFailed(127, "No space left");
    }

    [Fact]
    public void AReaderThatLeftIsNotComplainedAbout()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        const string Script = "import os,subprocess,sys; r,w=os.pipe(); os.close(r); sys.exit(subprocess.run(sys.argv[1:],stdout=w).returncode)";
        var run = RealProcess.Run("/usr/bin/python3", ["-c", Script, RealProcess.Program, .. Ask], ("CLEARANCE_ASK_SOCKET", daemon.Path));
        Assert.Equal(new Outcome(127, "", ""), run);
    }

    [Fact]
    public void AFullPipeThatDoesNotBlockLosesNothing()
    {
        // As another program of the same terminal or pipeline may leave it: the write end answers EAGAIN when full.
        var record = "{\"text\":\"" + new string('x', 9000) + "\"}";
        using var daemon = FakeDaemon.Answering("{\"records\":[" + string.Join(',', Enumerable.Repeat(record, 100)) + "]}");
        const string Script = """
            import fcntl, os, subprocess, sys
            r, w = os.pipe()
            fcntl.fcntl(w, fcntl.F_SETFL, os.O_NONBLOCK)
            fcntl.fcntl(w, 1031, 4096)
            child = subprocess.Popen(sys.argv[1:], stdout=w)
            os.close(w)
            with os.fdopen(r, "rb") as stream:
                print(len(stream.read()))
            sys.exit(child.wait())
            """;
        var run = RealProcess.Run(
            "/usr/bin/python3", ["-c", Script, RealProcess.Program, "audit", "show", "-n", "100", "--json"], ("CLEARANCE_OPERATOR_SOCKET", daemon.Path));
        Assert.Equal(new Outcome(0, $"{100 * (record.Length + 1)}\n", ""), run);
    }

    [Fact]
    public void OutputAndErrorMayShareAFile()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        using var directory = new TempDirectory();
        var file = directory.Combine("log");
        File.WriteAllText(file, "before\n");
        _ = RealProcess.Run("/bin/sh", ["-c", "{ \"$0\" ask --action a; \"$0\" ask; } >>\"$1\" 2>&1", RealProcess.Program, file], ("CLEARANCE_ASK_SOCKET", daemon.Path));
        Assert.Equal("before\nallowed by rule:github\nclearance: Option '--action' is required. See clearance ask --help.\n", File.ReadAllText(file));
    }

    [Fact]
    public void AnAbstractAddressWorks()
    {
        var name = "clearance-test-" + Guid.NewGuid().ToString("N");
        using var listener = new System.Net.Sockets.Socket(
            System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        listener.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint("\0" + name));
        listener.Listen(1);
        using var process = RealProcess.Start(RealProcess.Program, ["ping", "--ask-socket", "@" + name]);
        using var connection = listener.Accept();
        using var reader = new StreamReader(new System.Net.Sockets.NetworkStream(connection));
        new Exchange(connection, reader.ReadLine()!).Result("""{"pong":true,"pid":5}""");
        var run = RealProcess.Finish(process);
        Assert.Equal((0, "pong from pid 5\n"), (run.ExitCode, run.Out));
    }

    private static System.Diagnostics.Process NobodysListener(TempDirectory directory)
    {
        const string Script = """
            import socket, sys
            lines = 0
            listener = socket.socket(socket.AF_UNIX)
            listener.bind(sys.argv[1])
            listener.listen(4)
            print("ready", flush=True)
            while True:
                connection, _ = listener.accept()
                with connection, connection.makefile("rwb") as stream:
                    try:
                        for line in stream:
                            lines += 1
                            print("got %d lines" % lines, flush=True)
                            stream.write(b'{"jsonrpc":"2.0","id":1,"result":{"outcome":"allowed","id":"1"}}\n')
                            stream.flush()
                    except OSError:
                        pass
            """;
        File.SetUnixFileMode(directory.Path, (UnixFileMode)0b111_111_111);
        return RealProcess.Start(
            "setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", "/usr/bin/python3", "-c", Script, directory.Combine("s")]);
    }
}
