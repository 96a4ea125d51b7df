using ClearanceDaemon.Cli.Tests.Processes;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Tests.Inbox;

/// <summary><c>clearance watch</c> as a person has it: the real program on a real (pseudo) terminal, against a scripted daemon.</summary>
public sealed class WatchProcessTests
{
    private const int SIGTERM = 15;
    private const int SIGTSTP = 20;
    private const int SIGCONT = 18;

    [Fact]
    public void ShowsAnAskAndAllowsIt()
    {
        using var desk = new FakeDesk(Live());
        using var run = new PtyRun(desk.Daemon, []);
        run.See("clearance: 1 waiting, 1 operator", "deploy.production web1", "VERIFIED", "uid 1000, pid 4711, via ask", "OBSERVED", "not proof");
        run.PressUntil("a", () => desk.Calls(MethodNames.Decide).Length > 0);
        run.See("clearance: 0 waiting", "nothing waits", "allowed: deploy.production web1");
        run.Press("q");
        Assert.Equal(0, run.End());
        var verdict = Assert.Single(desk.Calls(MethodNames.Decide));
        Assert.Equal(Live().Digest, verdict.GetProperty("digest").GetString());
    }

    [Fact]
    public void AllowsForTenMinutesAndTakesItBack()
    {
        using var desk = new FakeDesk(Live());
        using var run = new PtyRun(desk.Daemon, []);
        run.See("deploy.production web1");
        run.PressUntil("A", () => run.Screen.ToString().Contains("ALLOW"));
        run.Press("l\r");
        run.See("allowed for 10m, u takes it back");
        run.PressUntil("u", () => desk.Calls(MethodNames.GrantsRevoke).Length > 0);
        run.See("taken back");
        run.Press("q");
        Assert.Equal(0, run.End());
        var verdict = Assert.Single(desk.Calls(MethodNames.Decide));
        Assert.Equal("""{"kind":"for","duration":"10m"}""", verdict.GetProperty("scope").GetRawText());
        Assert.Equal("""["action","resource"]""", verdict.GetProperty("bind").GetRawText());
        Assert.Equal(Some.Id(9), Assert.Single(desk.Calls(MethodNames.GrantsRevoke)).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData(-32006, "expired", "the deadline has passed", "too late: the deadline had passed")]
    [InlineData(-32005, "digest_mismatch", "another digest", "not the one that was shown")]
    [InlineData(-32004, "unknown_request", "no such ask", "it no longer waits")]
    [InlineData(-32002, "forbidden", "you are its principal; answer from another terminal", "refused: you are its principal; answer from another terminal")]
    [InlineData(-32008, "unavailable", "the audit log is full", "the daemon answered unavailable: the audit log is full")]
    public void B52_ARefusedVerdictIsSaidAndNotSentAgain(int code, string name, string message, string shown)
    {
        using var desk = new FakeDesk(Live()) { OnDecide = exchange => exchange.Error(code, name, message) };
        using var run = new PtyRun(desk.Daemon, []);
        run.See("deploy.production web1");
        run.PressUntil("a", () => desk.Calls(MethodNames.Decide).Length > 0);
        run.See(shown, "! deploy.production");
        run.Press("q");
        Assert.Equal(0, run.End());
        Assert.Single(desk.Calls(MethodNames.Decide));
    }

    [Fact]
    public void FollowsTheSizeOfTheTerminal()
    {
        using var desk = new FakeDesk(Live());
        using var run = new PtyRun(desk.Daemon, [], columns: 80, rows: 24);
        run.See("q quit");
        run.Resize(100, 30);
        run.Until(() => run.Screen.Row(29).Contains("L lockdown"), "the keys are not in the last row");
        run.Resize(30, 8);
        run.Until(() => run.Screen.ToString().Replace("\n", "").Contains("40x10 is needed"), "a screen too small was not said to be");
        run.Resize(40, 10);
        run.Until(() => run.Screen.Row(9).StartsWith("a allow once", StringComparison.Ordinal), "the smallest screen was not drawn");
        run.Press("q");
        Assert.Equal(0, run.End());
    }

    [Fact]
    public void B50_WhatWasTypedBeforeTheStartDecidesNothing()
    {
        using var desk = new FakeDesk(Live());
        using var run = new PtyRun(desk.Daemon, [], typedAhead: "aaaddd");
        run.See("VERIFIED");
        run.PressUntil("?", () => run.Screen.ToString().Contains("take back the grant"));
        run.Press("x");
        run.See("VERIFIED");
        run.Press("q");
        Assert.Equal(0, run.End());
        Assert.Empty(desk.Calls(MethodNames.Decide));
    }

    [Theory]
    [InlineData(SIGTERM)]
    [InlineData(1)]
    [InlineData(2)]
    public void ASignalGivesTheTerminalBack(int signal)
    {
        using var desk = new FakeDesk(Live());
        using var run = new PtyRun(desk.Daemon, []);
        run.See("VERIFIED");
        run.Signal(signal);
        Assert.Equal(130, run.End());
    }

    [Fact]
    public void TheInterruptKeyIs130()
    {
        using var desk = new FakeDesk(Live());
        using var run = new PtyRun(desk.Daemon, []);
        run.See("VERIFIED");
        run.Press("\u0003");
        Assert.Equal(130, run.End());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void StopsForTheShellAndComesBack(bool byKey)
    {
        using var desk = new FakeDesk(Live());
        using var run = new PtyRun(desk.Daemon, []);
        run.See("VERIFIED");
        if (byKey)
        {
            run.Press("\u001a");
        }
        else
        {
            run.Signal(SIGTSTP);
        }

        var told = run.Told();
        Assert.Equal((true, true), (told.GetProperty("stopped").GetBoolean(), told.GetProperty("restored").GetBoolean()));
        run.Until(() => !run.Screen.Modes.Contains("?1049"), "the other screen was not left");
        run.Signal(SIGCONT);
        run.Until(() => run.Screen.Modes.Contains("?1049") && run.Screen.ToString().Contains("VERIFIED"), "it did not come back");
        run.PressUntil("?", () => run.Screen.ToString().Contains("take back the grant"));
        run.Press("xq");
        Assert.Equal(0, run.End());
    }

    [Fact]
    public void WithoutAShellItDoesNotStop()
    {
        using var desk = new FakeDesk(Live());
        using var run = new PtyRun(desk.Daemon, [], hasShell: false);
        run.See("VERIFIED");
        run.Press("\u001a");
        run.See("there is no shell to go back to");
        run.Press("q");
        Assert.Equal(0, run.End());
    }

    [Fact]
    public void ComesBackWhenTheDaemonDoes()
    {
        var hangUps = 1;
        FakeDesk? desk = null;
        desk = new FakeDesk(Live())
        {
            OnSubscribe = exchange =>
            {
                desk!.Snapshot(exchange);
                if (Interlocked.Decrement(ref hangUps) == 0)
                {
                    exchange.HangUp();
                }
            },
        };
        using var owned = desk;
        using var run = new PtyRun(desk.Daemon, []);
        run.Until(() => desk.Calls(MethodNames.Subscribe).Length == 2, "it did not subscribe again");
        var again = desk.Calls(MethodNames.Subscribe)[1];
        Assert.Equal($$"""{"epoch":"{{Some.Epoch}}","seq":10}""", again.GetProperty("after").GetRawText());
        run.See("1 waiting, 1 operator");
        run.PressUntil("d", () => desk.Calls(MethodNames.Decide).Length > 0);
        run.See("nothing waits");
        run.Press("q");
        Assert.Equal(0, run.End());
    }

    [Fact]
    public void SaysWhenTheDaemonIsAway()
    {
        var desk = new FakeDesk(Live());
        using var run = new PtyRun(desk.Daemon, []);
        run.See("VERIFIED");
        desk.Dispose();
        run.See("DAEMON AWAY, trying again");
        run.Press("q");
        Assert.Equal(0, run.End());
    }

    [Fact]
    public void B29_AListenerOfAnotherUserIsNeverShown()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root to expect another user");
        using var desk = new FakeDesk(Live());

        // The same listener, but not the user that is expected: as one that somebody else put in the socket's place.
        using var run = new PtyRun(desk.Daemon, [], variables: ("CLEARANCE_SERVER_UID", "65534"));
        Assert.Equal(127, run.Told().GetProperty("exit").GetInt32());
        Assert.Empty(desk.Daemon.Lines);
        run.Until(() => run.Screen.ToString().Contains("expected uid 65534"), "no complaint", mayHaveEnded: true);
        Assert.DoesNotContain("deploy.production", run.Screen.ToString());
        Assert.Empty(run.Screen.Modes);
    }

    [Fact]
    public void B29_ALineModeShowsNothingOfItEither()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root to run a listener as another user");
        using var directory = new TempDirectory();
        File.SetUnixFileMode(directory.Path, (UnixFileMode)0b111_111_111);
        const string Script = "import socket,sys; s=socket.socket(socket.AF_UNIX); s.bind(sys.argv[1]); s.listen(4); print('ready',flush=True); c=s.accept()[0]; print('got', c.recv(100), flush=True)";
        using var listener = RealProcess.Start("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", "/usr/bin/python3", "-c", Script, directory.Combine("s")]);
        Assert.Equal("ready", listener.StandardOutput.ReadLine());
        RealProcess.Run(["watch"], ("CLEARANCE_OPERATOR_SOCKET", directory.Combine("s"))).AssertFailed(127, "uid 65534");
        Assert.Equal("got b''", listener.StandardOutput.ReadLine());
        listener.WaitForExit();
    }

    [Fact]
    public void B45_ARealTerminalGetsNoControlOfAnAskers()
    {
        const string Hostile = "\e]0;owned\a\e[2J\u009b2J\u202e\u200b\r\bx";
        using var desk = new FakeDesk(Live() with
        {
            Ask = new AskedFor { Action = "deploy.production", Resource = Hostile, Argv = [Hostile] },
            Claimed = new ClaimedFacts { Title = Hostile, Reason = Hostile, Project = Hostile },
        });
        using var run = new PtyRun(desk.Daemon, []);
        run.See("~ deploy.production", "ASKED      deploy.production", "\\u{1b}]0;owned", "[cleaned]");
        run.Press("\e[6~");
        run.See("  project");
        run.Press("q");
        Assert.Equal(0, run.End());
    }

    [Fact]
    public void LockdownIsSwitchedByItsWordAndShown()
    {
        using var desk = new FakeDesk();
        using var run = new PtyRun(desk.Daemon, []);
        run.See("nothing waits");
        run.PressUntil("L", () => run.Screen.ToString().Contains("type lockdown"));
        run.Press("lockdown\r");
        run.See("!!! LOCKDOWN", "1 asks denied, 2 grants revoked");
        run.Press("q");
        Assert.Equal(0, run.End());
        Assert.Equal("""{"on":true}""", Assert.Single(desk.Calls(MethodNames.Lockdown)).GetRawText());
    }

    [Fact]
    public void AnEscapeInPiecesIsOneKey()
    {
        using var desk = new FakeDesk(Live());
        using var run = new PtyRun(desk.Daemon, []);
        run.See("VERIFIED");
        run.Press("/zzz");
        run.See("filter: zzz", "none has \"zzz\"");
        run.Press("\e");
        run.Until(() => !run.Screen.ToString().Contains("filter:"), "Escape alone had no effect");
        run.See("> ", "deploy.production");
        run.Press("q");
        Assert.Equal(0, run.End());
    }

    [Fact]
    public void WithoutColoursNoneAreSent()
    {
        using var desk = new FakeDesk(Live());
        using var run = new PtyRun(desk.Daemon, [], variables: ("NO_COLOR", "1"));
        run.See("VERIFIED");
        run.Press("q");
        Assert.Equal(0, run.End());
        Assert.False(run.Screen.HasColours);
    }

    [Theory]
    [InlineData("--plain", "xterm")]
    [InlineData("--no-answer", "dumb")]
    public void APlainTerminalGetsLines(string flag, string term)
    {
        using var desk = new FakeDesk(Live());
        using var run = new PtyRun(desk.Daemon, [flag], variables: ("TERM", term));
        run.Until(() => run.Screen.Raw.Contains("snapshot_end 1 operators"), "no line came");
        run.Press("\u0004");
        Assert.Equal(0, run.Told().GetProperty("exit").GetInt32());
        Assert.DoesNotContain('\e', run.Screen.Raw);
    }

    [Fact]
    public void LinesEndWithTheirInputOrTheirInterrupt()
    {
        using var desk = new FakeDesk(Live());
        using var process = RealProcess.Start(RealProcess.Program, ["watch"], ("CLEARANCE_OPERATOR_SOCKET", desk.Daemon.Path));
        Assert.Contains(" asked ", process.StandardOutput.ReadLine());
        Assert.Equal(0, RealProcess.Finish(process).ExitCode);

        const string Heeding = "import os,signal,sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.dup2(os.open('/dev/null', 0), 0); os.execv(sys.argv[1], sys.argv[1:])";
        using var interrupted = RealProcess.Start(
            "/usr/bin/python3", ["-c", Heeding, RealProcess.Program, "watch"], ("CLEARANCE_OPERATOR_SOCKET", desk.Daemon.Path));
        Assert.Contains(" asked ", interrupted.StandardOutput.ReadLine());
        Assert.Contains(" snapshot_end ", interrupted.StandardOutput.ReadLine());
        desk.Push(EventType.Operators, null, """{"present":2}""");
        Assert.Contains(" operators 2", interrupted.StandardOutput.ReadLine());
        using var kill = RealProcess.Start("kill", ["-INT", $"{interrupted.Id}"]);
        Assert.Equal(130, RealProcess.Finish(interrupted).ExitCode);
    }

    private static PendingItem Live(int number = 1) => Some.Ask(number) with
    {
        Asked = Timestamp.Format(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()),
        Deadline = Timestamp.Format(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + 3_600_000),
    };
}
