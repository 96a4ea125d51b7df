using System.Text.Json.Nodes;
using ClearanceDaemon.Cli.Doctor;
using ClearanceDaemon.Cli.Doctor.Checks;

namespace ClearanceDaemon.Cli.Tests.Doctor;

/// <summary>What the daemon says of itself, of people and of its settings.</summary>
public sealed class DaemonChecksTests : IDisposable
{
    private readonly Ward _ward = new();

    public void Dispose() => _ward.Dispose();

    [Fact]
    public void ADaemonThatAnswersIsWell()
    {
        _ward.Open();
        Assert.All(
            (ICheck[])[new DaemonCheck(), new VersionsCheck(), new SettingsCheck(), new PeopleCheck(), new GrantsCheck(), new AuditCheck(), new ClockCheck()],
            check => Expect.Well(_ward.Look(check)));
    }

    [Fact]
    public void NoDaemonIsAnErrorThatSaysWhereToLook()
    {
        var finding = Expect.One(_ward.Look(new DaemonCheck()), Severity.Error, "nobody answers there");
        Assert.Equal(_ward.Operator, finding.Subject);
        Assert.StartsWith("systemctl --user status clearance.socket clearance-operator.socket clearanced.service", finding.Next);
        Assert.All(
            (ICheck[])[new VersionsCheck(), new PeopleCheck(), new GrantsCheck(), new AuditCheck(), new ClockCheck()],
            check => Expect.NotLooked(_ward.Look(check), "the daemon gives no answer"));
    }

    [Fact]
    public void OfflineNobodyIsAsked()
    {
        _ward.Open().Offline = true;
        Assert.All(
            (ICheck[])[new DaemonCheck(), new VersionsCheck(), new PeopleCheck(), new GrantsCheck(), new AuditCheck(), new ClockCheck()],
            check => Expect.NotLooked(_ward.Look(check), "the daemon is not asked (--offline)"));
        Assert.Empty(_ward.LinesHeard);
    }

    [Fact]
    public void NoPlaceForADaemonIsAnError()
    {
        _ward.RuntimeFault = new UnixPeers.UnixSocketException(UnixPeers.UnixSocketFault.Refused, "x", "/x", "no.");
        Expect.One(_ward.Look(new DaemonCheck()), Severity.Error, "operator's socket");
    }

    [Fact]
    public void ADaemonThatCouldNotStartSaysWhy()
    {
        _ward.Refusing = static exchange => exchange.Error(-32008, "unavailable", "the daemon could not start: clearanced.json:3:1: this is not JSON");
        Expect.One(_ward.Open().Look(new DaemonCheck()), Severity.Error, "clearanced.json:3:1", "mend what it says");
    }

    [Fact]
    public void ADaemonThatHangsIsAnErrorAndTheReportEnds()
    {
        _ward.AnswerWithin = TimeSpan.FromMilliseconds(100);
        _ward.Refusing = static _ => { };
        Expect.One(_ward.Open().Look(new DaemonCheck()), Severity.Error, "did not answer in time");
        Assert.Equal(2, _ward.Look(new SocketsCheck()).Findings.Count);
        Expect.NotLooked(_ward.Look(new AuditCheck()), "the daemon gives no answer");
    }

    [Fact]
    public void AnAnswerOfAnotherShapeIsAnError()
    {
        _ward.Answers["daemon.status"] = static () => """{"version":1}""";
        Expect.One(_ward.Open().Look(new DaemonCheck()), Severity.Error, "not of the shape");
    }

    [Fact]
    public void ALockdownIsAnError()
    {
        _ward.Open().Status["lockdown"] = JsonNode.Parse("""{"on":true,"since":"2026-11-20T10:00:00.000Z","reason":"odd"}""");
        _ward.Status["state"] = "degraded";
        Expect.One(_ward.Look(new DaemonCheck()), Severity.Error, "everything is denied: odd", "clearance lockdown off");
    }

    [Fact]
    public void WhatIsNotServedIsAWarning()
    {
        _ward.Open().Status["notServed"]!.AsArray().Add("ask.claude");
        _ward.Status["sockets"]![0]!["served"] = false;
        var result = _ward.Look(new DaemonCheck());
        Expect.Some(result, Severity.Warning, "ask.claude", "FileDescriptorName=");
        Expect.Some(result, Severity.Warning, "/a|ask is not served");
    }

    [Fact]
    public void DegradedForNoReasonThatIsKnownIsAWarning()
    {
        _ward.Open().Status["state"] = "degraded";
        Expect.One(_ward.Look(new DaemonCheck()), Severity.Warning, "grants on disk", "journalctl");
    }

    [Fact]
    public void AnotherVersionIsAWarning()
    {
        _ward.Open().Status["version"] = "0.0.9";
        Expect.One(_ward.Look(new VersionsCheck()), Severity.Warning, "it is 0.0.9, this program is " + Ward.OwnVersion, "restart clearanced.service");
    }

    [Fact]
    public void SettingsThatOthersCanWriteAreAnError()
    {
        var file = _ward.In("config/clearance/clearanced.json");
        File.WriteAllText(file, "{}");
        File.SetUnixFileMode(file, (UnixFileMode)0b110_110_110);
        Expect.One(_ward.Look(new SettingsCheck()), Severity.Error, file, "the daemon does not start with it");
    }

    [Fact]
    public void SettingsWrittenAfterTheStartAreANote()
    {
        var file = _ward.In("config/clearance/clearanced.json");
        File.WriteAllText(file, "{}");
        File.SetUnixFileMode(file, Ward.PrivateFile);
        File.SetLastWriteTimeUtc(file, new DateTime(2026, 11, 20, 9, 30, 0, DateTimeKind.Utc));
        Expect.One(_ward.Open().Look(new SettingsCheck()), Severity.Note, "written 30m after the daemon started", "restart");
        File.SetLastWriteTimeUtc(file, new DateTime(2026, 11, 20, 8, 30, 0, DateTimeKind.Utc));
        Expect.Well(_ward.Look(new SettingsCheck()));
    }

    [Fact]
    public void ALinkToNoSettingsIsAnError()
    {
        File.CreateSymbolicLink(_ward.In("config/clearance/clearanced.json"), _ward.In("nothing"));
        Expect.One(_ward.Look(new SettingsCheck()), Severity.Error, "nothing");
    }

    [Fact]
    public void RulesThatAskAPersonNeedOne()
    {
        _ward.Answers["rules.list"] = static () => Rules("""{"id":"a","decision":"ask","action":"x","file":"/f","line":1,"source":""},{"id":"b","decision":"allow","action":"x","file":"/f","line":1,"source":""}""");
        Expect.Well(_ward.Open().Look(new PeopleCheck()));
        _ward.Status["operators"] = 0;
        Expect.One(_ward.Look(new PeopleCheck()), Severity.Note, "1 rule would ask a person, and nobody answers", "clearance watch");
        _ward.Status["pending"] = 2;
        Expect.One(_ward.Look(new PeopleCheck()), Severity.Note, "2 wait, and nobody answers");
        _ward.Status.Remove("operators");
        Expect.NotLooked(_ward.Look(new PeopleCheck()), "the daemon is older");
    }

    [Fact]
    public void RulesOnEveryPageCount()
    {
        var page = 0;
        _ward.Open().Status["operators"] = 0;
        _ward.Answers["rules.list"] = () => Rules("""{"id":"a","decision":"ask","action":"x","file":"/f","line":1,"source":""}""", page++ < 2 ? $",\"next\":{page}" : ",\"next\":1");
        Expect.One(_ward.Look(new PeopleCheck()), Severity.Note, "3 rules would ask");
    }

    [Fact]
    public void AFullDeskIsAWarning()
    {
        _ward.Open().Status["pending"] = 9;
        Expect.Well(_ward.Look(new PeopleCheck()));
        _ward.Status["pending"] = 10;
        Expect.One(_ward.Look(new PeopleCheck()), Severity.Warning, "10 wait, which is the most");
    }

    private static string Rules(string items, string next = "") => $$"""{"state":"ok","sha256":"","rules":[{{items}}],"problems":[]{{next}}}""";
}
