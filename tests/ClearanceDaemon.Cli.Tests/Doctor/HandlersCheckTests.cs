using System.Text.Json.Nodes;
using ClearanceDaemon.Cli.Doctor;
using ClearanceDaemon.Cli.Doctor.Checks;

namespace ClearanceDaemon.Cli.Tests.Doctor;

/// <summary>Handlers, the directories of their manifests, and the unit that runs programs.</summary>
public sealed class HandlersCheckTests : IDisposable
{
    private const string Units = """
        Id=clearance-handlers.socket
        LoadState=loaded
        UnitFileState=enabled
        ActiveState=active

        Id=clearanced.service
        LoadState=loaded
        ActiveState=active
        """;

    private readonly Ward _ward = new Ward().Open();

    public void Dispose() => _ward.Dispose();

    [Fact]
    public void WithoutAnyItIsWell()
    {
        var result = Look();
        Expect.Well(result);
        Assert.Equal("no manifests", result.Summary);
    }

    [Fact]
    public void HandlersThatWorkAreCounted()
    {
        Manifest();
        Told(HandlersDaemon.Hello, HandlersDaemon.Shield);
        var result = Look(Units);
        Expect.Well(result);
        Assert.Equal("1 on, 1 manifest", result.Summary);
    }

    [Fact]
    public void ADaemonThatDoesNotAnswerIsNoReasonNotToLookAtDirectories()
    {
        Manifest();
        File.SetUnixFileMode(Directories, Ward.Private | UnixFileMode.GroupWrite);
        _ward.Offline = true;
        var result = Look();
        Expect.Some(result, Severity.Error, "config/clearance/handlers.d", "who can write it can have programs run");
        Expect.Some(result, Severity.Note, "handlers in use", "--offline");
    }

    [Fact]
    public void ADirectoryOthersCanWriteIsAnErrorEvenEmpty()
    {
        Directory.CreateDirectory(Directories, Ward.Private);
        File.SetUnixFileMode(Directories, Ward.Private | UnixFileMode.OtherWrite);
        Expect.One(Look(), Severity.Error, Directories, "who can write it");
    }

    [Theory]
    [InlineData("\"state\":\"ok\"", "\"state\":\"bad\",\"problem\":\"its program is not there\"", Severity.Error, "bad: its program is not there", "mend what it says")]
    [InlineData("\"state\":\"ok\"", "\"state\":\"broken\",\"lastFailure\":" + HandlersDaemon.TooLate, Severity.Error, "broken: it did not answer within 2s", "clearance handlers test hello")]
    [InlineData("\"state\":\"ok\"", "\"state\":\"backing_off\",\"retryAt\":\"T\"", Severity.Warning, "backing off; tried again at T", "clearance handlers test hello")]
    [InlineData("\"calls\":12", "\"calls\":12,\"counters\":{\"unknown:shield_paused\":3,\"lines\":4}", Severity.Note, "unknown:shield_paused 3, lines 4", "newer clearanced")]
    public void WhatIsNotWellIsTold(string well, string ill, object severity, string what, string next)
    {
        Told(HandlersDaemon.Hello.Replace(well, ill, StringComparison.Ordinal), HandlersDaemon.Shield);
        Expect.One(Look(), (Severity)severity, "hello|", what, next);
    }

    [Fact]
    public void CountersOfWhatItKnowsAreNoFinding()
    {
        Told(HandlersDaemon.Hello.Replace("\"calls\":12", "\"calls\":12,\"counters\":{\"lines\":4,\"unknown:x\":0}", StringComparison.Ordinal));
        Expect.Well(Look());
    }

    [Fact]
    public void AProblemHasItsPlace()
    {
        Told(HandlersDaemon.Shield);
        _ward.Status["handlers"]!["problems"] = JsonNode.Parse("""[{"file":"/c/odd.json","line":3,"column":7,"message":"unknown member"}]""");
        Expect.One(Look(), Severity.Error, "/c/odd.json:3:7|unknown member", "clearance handlers list");
    }

    [Theory]
    [InlineData("unreachable", Severity.Error, "cannot be reached")]
    [InlineData("none", Severity.Warning, "was not told of one")]
    public void TheirProcessIsLookedAt(string process, object severity, string what)
    {
        Told(HandlersDaemon.Hello);
        _ward.Status["handlers"]!["process"] = process;
        Expect.One(Look(), (Severity)severity, "handlers process", what, "clearance-handlers.socket");
    }

    [Theory]
    [InlineData("LoadState=loaded\nU", "LoadState=not-found\nU", Severity.Warning, "not installed")]
    [InlineData("LoadState=loaded\nU", "LoadState=masked\nU", Severity.Warning, "systemctl --user unmask clearance-handlers.socket")]
    [InlineData("enabled\nActiveState=active", "enabled\nActiveState=inactive", Severity.Warning, "systemctl --user enable --now clearance-handlers.socket")]
    [InlineData("enabled\nActiveState=active", "enabled\nActiveState=failed\nResult=resources", Severity.Error, "failed: resources")]
    [InlineData("UnitFileState=enabled", "UnitFileState=disabled", Severity.Warning, "gone after the next login")]
    public void TheUnitIsNeededWhereThereAreManifests(string well, string ill, object severity, string part)
    {
        Told(HandlersDaemon.Hello);
        var units = Units.Replace(well, ill, StringComparison.Ordinal);
        Assert.NotEqual(Units, units);
        Expect.Well(Look(units));
        Manifest();
        Expect.One(Look(units), (Severity)severity, "clearance-handlers.socket", part);
        Assert.EndsWith(" clearance-handlers.socket clearanced.service\n", File.ReadAllText(_ward.In("arguments")));
    }

    [Fact]
    public void ADaemonInTheForegroundNeedsNoUnit()
    {
        Manifest();
        Told(HandlersDaemon.Hello);
        _ward.Status["sockets"]![0]!["activated"] = false;
        Expect.Well(Look(Units.Replace("loaded", "not-found", StringComparison.Ordinal)));
    }

    [Fact]
    public void WithoutTheServiceNothingIsSaidOfItsUnit()
    {
        Manifest();
        Told(HandlersDaemon.Hello);
        Expect.Well(Look(Units.Replace("=loaded", "=not-found", StringComparison.Ordinal)));
        _ward.Program("systemctl", "exit 1");
        Expect.Well(_ward.Look(new HandlersCheck()));
    }

    [Fact]
    public void OfADaemonNamedByHandOnlyItsOwnDirectoriesAreLookedAt()
    {
        Manifest();
        File.SetUnixFileMode(Directories, Ward.Private | UnixFileMode.GroupWrite);
        _ward.ByHand = true;
        Told(HandlersDaemon.Shield);
        Expect.Well(Look());
        Told(HandlersDaemon.Hello.Replace("/c/handlers.d", Directories, StringComparison.Ordinal));
        Expect.One(Look(), Severity.Error, Directories);
    }

    private string Directories => _ward.In("config/clearance/handlers.d");

    private void Manifest()
    {
        Directory.CreateDirectory(Directories, Ward.Private);
        File.WriteAllText(Path.Combine(Directories, "hello.json"), "{}");
        File.WriteAllText(Path.Combine(Directories, "README"), "");
    }

    private void Told(params string[] items) =>
        _ward.Status["handlers"] = JsonNode.Parse($$"""{"items":[{{string.Join(',', items)}}],"problems":[],"process":"idle"}""");

    private CheckResult Look(string? units = null)
    {
        if (units is not null)
        {
            File.WriteAllText(_ward.In("shown"), units);
            _ward.Program("systemctl", $"echo \"$@\" > {_ward.In("arguments")}\nexec /bin/cat {_ward.In("shown")}");
        }

        return _ward.Look(new HandlersCheck());
    }
}
