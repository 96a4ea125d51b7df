using System.Text.Json;
using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>clearance doctor on what packaging/install made, under a real user manager.</summary>
[Collection(ManagerCollection.Name)]
public sealed class DoctorTests
{
    private readonly UserManager _manager;

    public DoctorTests(UserManager manager)
    {
        _manager = manager;
        _manager.Reset();
    }

    [Fact]
    public void A_fresh_installation_is_well_and_the_look_starts_the_daemon()
    {
        var checks = Look();
        foreach (var name in (string[])["runtime directory", "sockets", "lock", "socket directories", "mounts", "units", "daemon", "versions", "settings", "rules", "grants", "audit log", "clock"])
        {
            // A note is no complaint: other tests leave processes with mounts of their own, such as podman's.
            Assert.True(checks[name].GetProperty("severity").GetString() is "ok" or "note", checks[name].GetRawText());
        }

        Until.True(() => _manager.Property("ActiveState") == "active", "the service to be active");
    }

    [Fact]
    public void Offline_starts_nothing()
    {
        var checks = Look("--offline");
        Assert.Equal("ok", checks["sockets"].GetProperty("severity").GetString());
        Assert.Equal("ok", checks["units"].GetProperty("severity").GetString());
        Assert.Equal("inactive", _manager.Property("ActiveState"));
    }

    [Fact]
    public void Stopped_sockets_are_errors()
    {
        _manager.StopSockets();
        var run = _manager.Clearance("doctor");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("clearance.socket: inactive: it does not listen", run.Output, StringComparison.Ordinal);
        Assert.Contains("do: systemctl --user enable --now clearance.socket", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_unit_that_was_loosened_is_a_warning()
    {
        _manager.DropIn("[Service]\nMemoryDenyWriteExecute=no\n");
        var units = Look()["units"];
        Assert.Equal("warning", units.GetProperty("severity").GetString());
        Assert.Contains("MemoryDenyWriteExecute= is off", units.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_that_keep_the_daemon_from_starting_are_told()
    {
        _manager.WriteFile(Path.Combine(_manager.Configuration, "clearanced.json"), "{\"nonsense\": 1}");
        Assert.Contains("there is no such setting", Look()["daemon"].GetRawText(), StringComparison.Ordinal);
    }

    private Dictionary<string, JsonElement> Look(params string[] flags)
    {
        var run = _manager.Clearance(["doctor", "--json", .. flags]);
        Assert.True(run.ExitCode is >= 0 and <= 2, run.Output);
        using var report = JsonDocument.Parse(run.Output);
        return report.RootElement.Clone().GetProperty("checks").EnumerateArray().ToDictionary(static check => check.GetProperty("name").GetString()!);
    }
}
