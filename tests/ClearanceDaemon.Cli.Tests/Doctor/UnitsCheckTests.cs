using ClearanceDaemon.Cli.Doctor;
using ClearanceDaemon.Cli.Doctor.Checks;

namespace ClearanceDaemon.Cli.Tests.Doctor;

/// <summary>The units as systemctl shows them. A script stands in for it, so that every state can be had.</summary>
public sealed class UnitsCheckTests : IDisposable
{
    private const string Well = """
        Id=clearance.socket
        LoadState=loaded
        UnitFileState=enabled
        ActiveState=active
        DropInPaths=
        NeedDaemonReload=no

        Id=clearance-operator.socket
        LoadState=loaded
        UnitFileState=enabled
        ActiveState=active
        DropInPaths=
        NeedDaemonReload=no

        MemoryDenyWriteExecute=yes
        Id=clearanced.service
        LoadState=loaded
        UnitFileState=indirect
        ActiveState=inactive
        DropInPaths=
        NeedDaemonReload=no
        """;

    private readonly Ward _ward = new();

    public void Dispose() => _ward.Dispose();

    [Fact]
    public void UnitsAsTheyAreShippedAreWell()
    {
        var result = Look(Well);
        Expect.Well(result);
        Assert.Equal("clearance.socket active, clearance-operator.socket active, clearanced.service inactive", result.Summary);
        var arguments = File.ReadAllText(_ward.In("arguments"));
        Assert.StartsWith("--user show --no-pager --property=Id,", arguments);
        Assert.EndsWith(" clearance.socket clearance-operator.socket clearanced.service\n", arguments);
    }

    [Theory]
    [InlineData("Id=clearance.socket\nLoadState=loaded", "Id=clearance.socket\nLoadState=not-found", Severity.Warning, "clearance.socket|not installed")]
    [InlineData("Id=clearance.socket\nLoadState=loaded", "Id=clearance.socket\nLoadState=masked", Severity.Warning, "systemctl --user unmask clearance.socket")]
    [InlineData("UnitFileState=enabled\nActiveState=active\nDropInPaths=\nNeedDaemonReload=no\n\nM", "UnitFileState=disabled\nActiveState=active\nDropInPaths=\nNeedDaemonReload=no\n\nM", Severity.Warning, "systemctl --user enable clearance-operator.socket")]
    [InlineData("UnitFileState=enabled\nActiveState=active\nDropInPaths=\nNeedDaemonReload=no\n\nM", "UnitFileState=enabled\nActiveState=inactive\nDropInPaths=\nNeedDaemonReload=no\n\nM", Severity.Warning, "inactive: it does not listen")]
    [InlineData("ActiveState=inactive", "ActiveState=failed\nResult=exit-code", Severity.Error, "failed: exit-code")]
    [InlineData("MemoryDenyWriteExecute=yes", "MemoryDenyWriteExecute=no", Severity.Warning, "MemoryDenyWriteExecute= is off")]
    [InlineData("indirect\nActiveState=inactive\nDropInPaths=", "indirect\nActiveState=inactive\nDropInPaths=/home/me/.config/systemd/user/clearanced.service.d/x.conf", Severity.Note, "x.conf")]
    [InlineData("inactive\nDropInPaths=\nNeedDaemonReload=no", "inactive\nDropInPaths=\nNeedDaemonReload=yes", Severity.Warning, "systemctl --user daemon-reload")]
    public void EachFaultIsTold(string well, string ill, object severity, string part)
    {
        var text = Well.Replace(well, ill, StringComparison.Ordinal);
        Assert.NotEqual(Well, text);
        Expect.One(Look(text), (Severity)severity, part);
    }

    [Fact]
    public void NoneInstalledIsOneNote() =>
        Expect.One(Look(Well.Replace("=loaded", "=not-found", StringComparison.Ordinal)), Severity.Note, "none is installed");

    [Fact]
    public void WithoutSystemdThereIsANote()
    {
        Expect.NotLooked(_ward.Look(new UnitsCheck()), "there is no systemctl on PATH");
        _ward.Program("systemctl", "echo 'Failed to connect to bus: No medium found' >&2; exit 1");
        Expect.NotLooked(_ward.Look(new UnitsCheck()), "no service manager of yours answers: Failed to connect to bus: No medium found");
    }

    [Fact]
    public void OtherInstancesHaveNoUnits()
    {
        _ward.Program("systemctl", "exit 1");
        _ward.Instance = "work";
        Expect.Well(_ward.Look(new UnitsCheck()));
        (_ward.Instance, _ward.ByHand) = ("", true);
        Expect.Well(_ward.Look(new UnitsCheck()));
    }

    [Fact]
    public void AChildSeesWhatItNeedsAndNoMore()
    {
        _ward.Variables["HOME"] = "/h";
        _ward.Variables["SECRET"] = "x";
        _ward.Program("systemctl", $"/usr/bin/env > {_ward.In("environment")}");
        _ward.Look(new UnitsCheck());
        var names = File.ReadAllLines(_ward.In("environment")).Select(static line => line.Split('=')[0]).Except(["PWD", "_", "SHLVL"]);
        Assert.Equal(["HOME", "LC_ALL", "PATH", "XDG_RUNTIME_DIR"], names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ParsingTakesWhatItKnows()
    {
        var units = UnitFacts.Parse("\n\nnonsense\n=x\nId=a\nX==1=2\n\n\nId=b\n");
        Assert.Equal(["a", "b"], units.Select(static unit => unit.Id));
        Assert.Equal("=1=2", units[0]["X"]);
        Assert.Equal("", units[1]["X"]);
        Assert.False(units[0].IsFound);
    }

    private CheckResult Look(string shown)
    {
        File.WriteAllText(_ward.In("shown"), shown);
        _ward.Program("systemctl", $"echo \"$@\" > {_ward.In("arguments")}\nexec /bin/cat {_ward.In("shown")}");
        return _ward.Look(new UnitsCheck());
    }
}
