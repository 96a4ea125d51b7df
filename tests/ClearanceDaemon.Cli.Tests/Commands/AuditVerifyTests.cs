namespace ClearanceDaemon.Cli.Tests.Commands;

/// <summary>The chain holds, or it is an alarm.</summary>
public sealed class AuditVerifyTests
{
    private const string Well = """{"ok":true,"records":1234,"files":2,"first":1,"last":1234,"head":"abc","anchor":{"seq":1200,"sha256":"def","time":"2026-11-20T10:00:00.000Z"},"findings":[{"alarm":false,"message":"the last record is torn","file":"2026-11.jsonl","line":1235}]}""";
    private const string Alarm = """{"ok":false,"records":1,"files":1,"first":1,"last":1,"head":"abc","findings":[{"alarm":true,"message":"the log ends early","file":"2026-11.jsonl"},{"alarm":true,"message":"older records are gone"}]}""";

    [Fact]
    public void WellIsSaidWithItsNotes()
    {
        using var daemon = FakeDaemon.Answering(Well);
        var run = InProcess.Against(daemon, "audit", "verify");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            """
            ok: 1234 records in 2 files, 1 to 1234, head abc
            anchored at record 1200, 2026-11-20T10:00:00.000Z
            note: 2026-11.jsonl:1235: the last record is torn

            """,
            run.Out);
        Assert.Contains("\"audit.verify\",\"params\":{}", Assert.Single(daemon.Lines));
    }

    [Fact]
    public void AnAlarmExits1AndIsRed()
    {
        using var daemon = FakeDaemon.Answering(Alarm);
        var run = InProcess.Against(daemon, "audit", "verify");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("ALARM: 1 record in 1 file, 1 to 1, head abc\nalarm: 2026-11.jsonl: the log ends early\nalarm: older records are gone\n", run.Out);
        Assert.Contains("\e[31mALARM\e[0m", new InProcess { IsTerminal = true }.Talk(daemon, "audit", "verify").Out);
    }

    [Theory]
    [InlineData(Well, 0)]
    [InlineData(Alarm, 1)]
    public void JsonIsWhatTheDaemonSaid(string result, int exitCode)
    {
        using var daemon = FakeDaemon.Answering(result);
        Assert.Equal(new Outcome(exitCode, result + "\n", ""), InProcess.Against(daemon, "audit", "verify", "--json"));
    }

    [Fact]
    public void AnAlarmAmongTheFindingsIsOneWhateverTheRestSays()
    {
        using var daemon = FakeDaemon.Answering(Alarm.Replace("\"ok\":false", "\"ok\":true"));
        var run = InProcess.Against(daemon, "audit", "verify");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("ALARM: ", run.Out);
        using var other = FakeDaemon.Answering(Well.Replace("\"ok\":true", "\"ok\":false"));
        Assert.Equal(1, InProcess.Against(other, "audit", "verify").ExitCode);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"ok":true}""")]
    public void AnythingElseIsNoAnswer(string result)
    {
        using var daemon = FakeDaemon.Answering(result);
        InProcess.Against(daemon, "audit", "verify").AssertFailed(127);
    }

    [Fact]
    public void ALongWalkIsWaitedFor()
    {
        using var daemon = FakeDaemon.Answering(Well);
        Assert.Equal(0, new InProcess { AnswerWithin = TimeSpan.Zero }.Talk(daemon, "audit", "verify").ExitCode);
    }
}
