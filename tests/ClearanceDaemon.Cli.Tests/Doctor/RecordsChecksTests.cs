using ClearanceDaemon.Cli.Doctor;
using ClearanceDaemon.Cli.Doctor.Checks;

namespace ClearanceDaemon.Cli.Tests.Doctor;

/// <summary>Grants, audit log and clock. It is twelve seconds after ten.</summary>
public sealed class RecordsChecksTests : IDisposable
{
    private readonly Ward _ward = new Ward().Open();

    public void Dispose() => _ward.Dispose();

    [Fact]
    public void GrantsThatEndSoonAreNotes()
    {
        Grants(Grant(1, "for", "2026-11-20T11:00:12.000Z"), Grant(2, "for", "2026-11-20T11:00:12.001Z"), Grant(3, "for", "2026-11-20T10:00:11.000Z"), Grant(4, "always"));
        var result = _ward.Look(new GrantsCheck());
        Expect.One(result, Severity.Note, "allow for claude ends in 60m");
        Assert.EndsWith("4 in force, 1 without an end", result.Summary);
    }

    [Fact]
    public void MoreGrantsWithoutAnEndThanAnyoneRemembersAreANote()
    {
        Grants([.. Enumerable.Range(0, GrantsCheck.ManyAlways).Select(static n => Grant(n, "always"))]);
        Expect.Well(_ward.Look(new GrantsCheck()));
        Grants([.. Enumerable.Range(0, GrantsCheck.ManyAlways + 1).Select(static n => Grant(n, "always"))]);
        Expect.One(_ward.Look(new GrantsCheck()), Severity.Note, "51 grants have no end", "clearance grants revoke");
    }

    [Fact]
    public void AGrantsFileThatWasSetAsideIsAWarningWithoutADaemonToo()
    {
        File.WriteAllText(Path.Combine(_ward.State, "grants.json.bad-20261120T100000Z"), "{");
        Expect.One(_ward.Look(new GrantsCheck()), Severity.Warning, "grants.json.bad-20261120T100000Z", "set aside");
        _ward.Offline = true;
        Expect.Some(_ward.Look(new GrantsCheck()), Severity.Warning, "set aside");
    }

    [Fact]
    public void AGrantsFileThatOthersCanReadIsAnError()
    {
        var file = Path.Combine(_ward.State, "grants.json");
        File.WriteAllText(file, "{}");
        File.SetUnixFileMode(file, (UnixFileMode)0b110_100_100);
        Expect.One(_ward.Look(new GrantsCheck()), Severity.Error, file, "0644", "chmod 0600");
        File.SetUnixFileMode(file, Ward.PrivateFile);
        Expect.Well(_ward.Look(new GrantsCheck()));
    }

    [Fact]
    public void B66_AnAlarmOfTheChainIsAnError()
    {
        _ward.Answers["audit.verify"] = static () => Verified(
            ok: false, """{"alarm":true,"message":"3 records are missing after record 7","file":"/s/2026-11.jsonl","line":8},{"alarm":false,"message":"a torn tail was cut back"}""");
        var result = _ward.Look(new AuditCheck());
        Assert.Equal(Severity.Error, result.Severity);
        Expect.Some(result, Severity.Error, "/s/2026-11.jsonl:8|3 records are missing after record 7", "keep a copy");
        Expect.Some(result, Severity.Note, "chain|a torn tail");
    }

    [Fact]
    public void B66_AChainThatDoesNotHoldIsAnErrorWithoutAFindingToo()
    {
        _ward.Answers["audit.verify"] = static () => Verified(ok: false, "");
        Expect.One(_ward.Look(new AuditCheck()), Severity.Error, "does not hold");
    }

    [Fact]
    public void AChainThatCouldNotBeVerifiedIsAWarning()
    {
        _ward.Answers.Remove("audit.verify");
        Expect.One(_ward.Look(new AuditCheck()), Severity.Warning, "not verified", "clearance audit verify");
    }

    [Fact]
    public void ALogThatCannotBeWrittenIsAnError()
    {
        _ward.Status["audit"]!["state"] = "failed";
        _ward.Status["audit"]!["error"] = "No space left on device";
        Expect.One(_ward.Look(new AuditCheck()), Severity.Error, "every ask is unavailable: No space left on device");
    }

    [Fact]
    public void B66_RecordsThatNoAnchorHoldsAreAWarningAfterTenMinutes()
    {
        _ward.Status["audit"]!["seq"] = 9;
        _ward.Answers["audit.read"] = static () => """{"records":[{"seq":4,"time":"2026-11-20T09:50:12.000Z"}]}""";
        Expect.Well(_ward.Look(new AuditCheck()));
        Assert.Contains(_ward.LinesHeard, static line => line.Contains("\"audit.read\"") && line.Contains("\"after\":3,\"limit\":1"));
        _ward.Answers["audit.read"] = static () => """{"records":[{"seq":4,"time":"2026-11-20T09:50:11.999Z"}]}""";
        Expect.One(_ward.Look(new AuditCheck()), Severity.Warning, "6 records, the oldest of 10m ago, are not anchored");
        _ward.Status["audit"]!.AsObject().Remove("anchor");
        Expect.One(_ward.Look(new AuditCheck()), Severity.Warning, "9 records");
    }

    [Fact]
    public void AnchorsOfADaemonStartedByHandAreANote()
    {
        _ward.Status["sockets"]![0]!["activated"] = false;
        Expect.One(_ward.Look(new AuditCheck()), Severity.Note, "in the state directory alone");
    }

    [Fact]
    public void AClockBehindTheLastRecordIsAWarning()
    {
        _ward.Answers["audit.read"] = static () => """{"records":[{"time":"2026-11-20T10:00:14.000Z"}]}""";
        Expect.Well(_ward.Look(new ClockCheck()));
        _ward.Answers["audit.read"] = static () => """{"records":[{"time":"2026-11-20T13:00:14.001Z"}]}""";
        Expect.One(_ward.Look(new ClockCheck()), Severity.Warning, "it is 3h behind the last audit record", "timedatectl");
        Assert.Contains(_ward.LinesHeard, static line => line.Contains("\"newest\":true"));
    }

    [Theory]
    [InlineData("""[]""")]
    [InlineData("""[{}]""")]
    [InlineData("""[{"time":1}]""")]
    [InlineData("""[{"time":"yesterday"}]""")]
    [InlineData("""["x"]""")]
    public void ARecordWithoutATimeSaysNothing(string records)
    {
        _ward.Answers["audit.read"] = () => $$"""{"records":{{records}}}""";
        _ward.Status["audit"]!["seq"] = 9;
        Expect.Well(_ward.Look(new ClockCheck()));
        Expect.Well(_ward.Look(new AuditCheck()));
    }

    private static string Verified(bool ok, string findings) =>
        $$"""{"ok":{{(ok ? "true" : "false")}},"records":3,"files":1,"first":1,"last":3,"head":"","findings":[{{findings}}]}""";

    private static string Grant(int number, string scope, string? expires = null) => DeskDaemon.Grant(
        number.ToString("x32"), $$"""{"kind":"{{scope}}"}""", expires is null ? "" : $",\"expires\":\"{expires}\"");

    private void Grants(params string[] grants)
    {
        var page = 0;
        _ward.Answers["grants.list"] = () =>
        {
            var items = string.Join(',', grants.Skip(page * 40).Take(40));
            var next = ++page * 40 < grants.Length ? $",\"next\":{page}" : "";
            page = next.Length == 0 ? 0 : page;
            return $$"""{"items":[{{items}}]{{next}}}""";
        };
    }
}
