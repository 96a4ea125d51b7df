using System.Text.Json.Nodes;
using ClearanceDaemon.Cli.Doctor;
using ClearanceDaemon.Cli.Doctor.Checks;

namespace ClearanceDaemon.Cli.Tests.Doctor;

/// <summary>The rules in force and on disk. A script stands in for clearanced --check-rules.</summary>
public sealed class RulesCheckTests : IDisposable
{
    private const string Good = """{"ok":true,"rules":3,"testsPassed":1,"testsFailed":[],"problems":[],"files":[{"path":"/r/10-a.json","used":true,"why":null}]}""";

    private readonly Ward _ward = new Ward().Open();

    public RulesCheckTests() => Checks(Good);

    public void Dispose() => _ward.Dispose();

    [Fact]
    public void GoodRulesAreWell()
    {
        var result = _ward.Look(new RulesCheck());
        Expect.Well(result);
        Assert.Equal("ok, 2 in force", result.Summary);
        Assert.StartsWith($"--check-rules {_ward.Rules}", File.ReadAllText(_ward.In("arguments")));
    }

    [Fact]
    public void WithoutADaemonTheFilesAreCheckedAllTheSame()
    {
        _ward.Offline = true;
        var result = _ward.Look(new RulesCheck());
        Expect.One(result, Severity.Note, "rules in force", "--offline");
        Assert.Equal("3 rules in 1 file", result.Summary);
    }

    [Fact]
    public void AProblemHasFileLineAndColumnAndIsToldOnce()
    {
        var problem = $$"""{"file":"{{_ward.Rules}}/10-a.json","line":3,"column":7,"severity":"error","message":"unknown member"}""";
        InForce("stale", files: "", problem.Replace("\"severity\":\"error\",", "", StringComparison.Ordinal));
        Checks($$"""{"ok":false,"rules":0,"testsPassed":0,"testsFailed":[],"problems":[{{problem}}],"files":[{"path":"{{_ward.Rules}}/10-a.json","used":false,"why":"it has errors"}]}""", 1);
        Expect.One(_ward.Look(new RulesCheck()), Severity.Error, $"{_ward.Rules}/10-a.json:3:7|unknown member", "mend it");
    }

    [Fact]
    public void WhatTheFilesSayNowIsToldToo()
    {
        Checks("""{"ok":false,"rules":1,"testsPassed":0,"testsFailed":[{"file":"/r/a.json","line":9,"column":1,"severity":"error","message":"expected denied"}],"problems":[{"file":"/r/a.json","line":2,"column":5,"severity":"warning","message":"an allow that rests on observed facts alone"}],"files":[]}""", 1);
        var result = _ward.Look(new RulesCheck());
        Assert.Equal(2, result.Findings.Count);
        Expect.Some(result, Severity.Warning, "/r/a.json:2:5|an allow that rests on observed facts alone");
        Expect.Some(result, Severity.Error, "/r/a.json:9:1|expected denied");
    }

    [Fact]
    public void B67_FilesThatAreNotReadAreToldWithTheReason()
    {
        InForce("ok", $$"""{"path":"{{_ward.Rules}}/10-a.json","used":true},{"path":"{{_ward.Rules}}/20-b.jsn","used":false,"why":"its name does not end in .json"}""", "");
        Expect.One(_ward.Look(new RulesCheck()), Severity.Warning, $"{_ward.Rules}/20-b.jsn|not read: its name does not end in .json", "rename it");
    }

    [Fact]
    public void B67_WithoutADaemonTooAndEachOnce()
    {
        var skipped = $$"""{"path":"{{_ward.Rules}}/20-b.jsn","used":false,"why":"its name does not end in .json"}""";
        Checks($$"""{"ok":true,"rules":0,"testsPassed":0,"testsFailed":[],"problems":[],"files":[{{skipped}}]}""");
        InForce("ok", skipped, "");
        Expect.One(_ward.Look(new RulesCheck()), Severity.Warning, "20-b.jsn");
        _ward.Offline = true;
        Expect.Some(_ward.Look(new RulesCheck()), Severity.Warning, "20-b.jsn");
    }

    [Fact]
    public void ADirectoryThatNeedNotBeThereIsNoFinding()
    {
        InForce("ok", """{"path":"/etc/clearance-of-nobody/rules.d","used":false,"why":"it does not exist"}""", "");
        Expect.Well(_ward.Look(new RulesCheck()));
    }

    [Theory]
    [InlineData("stale", "the last good set is in force")]
    [InlineData("bad", "every ask is unavailable")]
    public void AStateWithoutAProblemIsAnError(string state, string part)
    {
        InForce(state, "", "");
        Expect.One(_ward.Look(new RulesCheck()), Severity.Error, part);
    }

    [Fact]
    public void ADaemonWithRulesElsewhereHasThoseChecked()
    {
        InForce("ok", """{"path":"/elsewhere/a.json","used":true},{"path":"/elsewhere/b.txt","used":false,"why":"its name"}""", "");
        Expect.One(_ward.Look(new RulesCheck()), Severity.Warning, "/elsewhere/b.txt");
        Assert.Equal("--check-rules /elsewhere/a.json --json\n", File.ReadAllText(_ward.In("arguments")));
    }

    [Fact]
    public void AReaderThatFailsIsAWarning()
    {
        _ward.Program("clearanced", "echo 'no such flag' >&2; exit 64");
        Expect.One(_ward.Look(new RulesCheck()), Severity.Warning, "could not check them: no such flag");
        _ward.Program("clearanced", "echo nonsense");
        Expect.One(_ward.Look(new RulesCheck()), Severity.Warning, "broke off", "not of the shape");
    }

    [Fact]
    public void NoReaderIsANote()
    {
        File.Delete(_ward.In("bin/clearanced"));
        Assert.SkipWhen(File.Exists(Path.Combine(AppContext.BaseDirectory, "clearanced")), "there is a clearanced beside these tests");
        Expect.One(_ward.Look(new RulesCheck()), Severity.Note, "files of rules", "clearanced is neither beside this program nor on PATH");
    }

    private void InForce(string state, string files, string problems) => _ward.Status["rules"] =
        JsonNode.Parse($$"""{"state":"{{state}}","count":2,"sha256":"","files":[{{files}}],"problems":[{{problems}}]}""");

    private void Checks(string report, int exitCode = 0)
    {
        File.WriteAllText(_ward.In("report"), report);
        _ward.Program("clearanced", $"echo \"$@\" > {_ward.In("arguments")}\n/bin/cat {_ward.In("report")}\nexit {exitCode}");
    }
}
