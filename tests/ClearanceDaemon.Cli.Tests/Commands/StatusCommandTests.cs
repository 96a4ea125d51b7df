namespace ClearanceDaemon.Cli.Tests.Commands;

/// <summary>How the daemon is, for people and for scripts.</summary>
public sealed class StatusCommandTests
{
    [Fact]
    public void EverythingIsShownAndLinedUp()
    {
        using var daemon = FakeDaemon.Answering(Answers.Status);
        var run = InProcess.Against(daemon, "status");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            """
            daemon      clearanced 0.1.0, default instance, pid 4711, since 2026-11-20T10:00:00.000Z
            state       ok
            socket      ask       /run/user/1000/clearance/ask/clearance.sock  3 open, activated
            socket      operator  /run/user/1000/clearance/operator/clearance.sock  1 open
            not served  ask.claude: no fd was handed over
            rules       ok, 12 in force, loaded 2026-11-20T10:00:01.000Z, sha256 abc123
                        /c/10-work.json
                        /c/old.txt not used: its name does not end in .json
            audit       ok, record 1234, 56789 bytes, /s/2026-11.jsonl
                        anchored at record 1200, 2026-11-20T10:05:00.000Z
            counters    asks 99
                        refusedPeers 2
            limits      askLineBytes 65536
            kernel      peerPidFd yes, peerGroups no

            """,
            run.Out);
    }

    [Fact]
    public void WhoWaitsAndWhoAnswersIsShown()
    {
        using var daemon = FakeDaemon.Answering(With("""{"pending":1,"operators":2,"grants":3,"lockdown":{"on":false}}"""));
        var run = InProcess.Against(daemon, "status");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("\npending     1 ask waits\noperators   2 present\ngrants      3 in force\nsocket ", run.Out);
        Assert.DoesNotContain("lockdown", run.Out);
    }

    [Fact]
    public void NobodyToAnswerIsSaid()
    {
        using var daemon = FakeDaemon.Answering(With("""{"pending":0,"operators":0,"grants":0}"""));
        Assert.Contains("\npending     0 asks wait\noperators   nobody answers; to answer, clearance watch\n", InProcess.Against(daemon, "status").Out);
    }

    [Fact]
    public void ALockdownIsRedFirstAndNotWell()
    {
        using var daemon = FakeDaemon.Answering(With("""{"lockdown":{"on":true,"since":"2026-11-20T10:00:00.000Z","reason":"odd"}}"""));
        var run = new InProcess { IsTerminal = true }.Talk(daemon, "status");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("lockdown    \e[31mLOCKDOWN since 2026-11-20T10:00:00.000Z, everything is denied: odd\e[0m\ndaemon ", run.Out);
    }

    [Fact]
    public void TheOperatorsSocketIsAsked()
    {
        using var ask = FakeDaemon.Answering("{}");
        using var daemon = FakeDaemon.Answering(Answers.Status);
        var run = new InProcess().Talk(ask, "status", "--operator-socket", daemon.Path);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("\"daemon.status\"", Assert.Single(daemon.Lines));
        Assert.Empty(ask.Lines);
    }

    [Fact]
    public void JsonIsWhatTheDaemonSaid()
    {
        using var daemon = FakeDaemon.Answering(Answers.Status);
        Assert.Equal(Answers.Status + "\n", InProcess.Against(daemon, "status", "--json").Out);
    }

    [Theory]
    [InlineData("\"state\":\"ok\",\"sockets\"", "\"state\":\"degraded\",\"sockets\"", "state       degraded")]
    [InlineData("\"rules\":{\"state\":\"ok\"", "\"rules\":{\"state\":\"stale\"", "rules       stale")]
    [InlineData("\"rules\":{\"state\":\"ok\"", "\"rules\":{\"state\":\"bad\"", "rules       bad")]
    [InlineData("\"audit\":{\"state\":\"ok\"", "\"audit\":{\"state\":\"failed\",\"error\":\"disk full\"", "disk full")]
    [InlineData("\"problems\":[]", "\"problems\":[{\"file\":\"/c/a.json\",\"line\":3,\"column\":7,\"message\":\"unknown member\"}],\"state\":\"bad\"", "")]
    public void Degraded_Exits1(string well, string ill, string shown)
    {
        var status = Answers.Status.Replace(well, ill);
        Assert.NotEqual(Answers.Status, status);
        using var daemon = FakeDaemon.Answering(status);
        var run = InProcess.Against(daemon, "status");
        Assert.Equal(ill.Contains("problems") ? 127 : 1, run.ExitCode);
        Assert.Contains(shown, run.Out);
        Assert.Equal(run.ExitCode, InProcess.Against(daemon, "status", "--json").ExitCode);
    }

    [Fact]
    public void ProblemsNameFileLineAndColumn()
    {
        using var daemon = FakeDaemon.Answering(Answers.Status
            .Replace("\"rules\":{\"state\":\"ok\"", "\"rules\":{\"state\":\"stale\"")
            .Replace("\"problems\":[]", "\"problems\":[{\"file\":\"/c/a.json\",\"line\":3,\"column\":7,\"message\":\"unknown member\"}]"));
        Assert.Contains("/c/a.json:3:7: unknown member\n", InProcess.Against(daemon, "status").Out);
    }

    [Fact]
    public void Ping()
    {
        using var daemon = FakeDaemon.Answering("""{"pong":true,"pid":12}""");
        Assert.Equal((0, "pong from pid 12\n"), (InProcess.Against(daemon, "ping").ExitCode, InProcess.Against(daemon, "ping").Out));
        Assert.Equal("""{"pong":true,"pid":12}""" + "\n", InProcess.Against(daemon, "ping", "--json").Out);
        Assert.All(daemon.Lines, static line => Assert.Contains("\"clearance.ping\",\"params\":{}", line));
    }

    [Fact]
    public void PingChoosesItsSocket()
    {
        using var ask = FakeDaemon.Answering("""{"pong":true,"pid":1}""");
        using var operators = FakeDaemon.Answering("""{"pong":true,"pid":2}""");
        string[] sockets = ["--ask-socket", ask.Path, "--operator-socket", operators.Path];
        Assert.Equal("pong from pid 1\n", new InProcess().Run(["ping", .. sockets]).Out);
        Assert.Equal("pong from pid 2\n", new InProcess().Run([.. sockets, "ping", "--operator"]).Out);
    }

    [Theory]
    [InlineData("""{"pong":false,"pid":12}""")]
    [InlineData("""{"pong":true}""")]
    [InlineData("{}")]
    public void APingThatIsNotAnsweredByPong(string result)
    {
        using var daemon = FakeDaemon.Answering(result);
        InProcess.Against(daemon, "ping").AssertFailed(127);
    }

    private static string With(string members) => Answers.Status.Replace("\"counters\"", members[1..^1] + ",\"counters\"");
}
