using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>The installed units under a real user manager: first connect starts the daemon, and scripts get their exit codes.</summary>
[Collection(ManagerCollection.Name)]
public sealed class ActivationTests
{
    private readonly UserManager _manager;

    public ActivationTests(UserManager manager)
    {
        _manager = manager;
        _manager.Reset();
    }

    [Fact]
    public void The_installer_enables_both_sockets_and_ends_with_a_ping_through_them()
    {
        var installation = _manager.Installation!.Expect(0);
        Assert.Contains("the daemon answers, started by its socket", installation.Output, StringComparison.Ordinal);
        Assert.Equal("enabled\nenabled\n", _manager.Systemctl("is-enabled", "clearance.socket", "clearance-operator.socket").Output);
        Assert.Equal("active\nactive\n", _manager.Systemctl("is-active", "clearance.socket", "clearance-operator.socket").Output);
    }

    [Fact]
    public void Uninstalling_stops_everything_and_installing_again_brings_it_back()
    {
        _manager.Clearance("ping").Expect(0);
        var pid = _manager.MainPid;
        var script = Path.Combine(_manager.Tree, "packaging", "install");
        _manager.Run(script, "--uninstall").Expect(0);
        Assert.False(Directory.Exists($"/proc/{pid}"));
        Assert.Empty(Directory.GetFiles(_manager.Units, "clearance*", SearchOption.AllDirectories));
        Assert.True(File.Exists(Path.Combine(_manager.Configuration, "rules.d", "10-demo.json")));
        Assert.NotEmpty(Directory.GetFiles(_manager.Audit));
        Assert.Contains("the daemon answers", _manager.Run(script).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Connecting_starts_the_daemon_and_stopping_it_leaves_the_door_twenty_times()
    {
        for (var round = 0; round < 20; round++)
        {
            Assert.Equal("inactive", _manager.Property("ActiveState"));
            _manager.Clearance("ping").Expect(0);
            // It answers before the manager has read its READY=1.
            Until.True(() => _manager.Property("ActiveState") == "active", "the service to be active");
            _manager.Systemctl("stop", "clearanced.service").Expect(0);
            Assert.Equal("success", _manager.Property("Result"));
        }
    }

    [Fact]
    public void B21_the_service_manager_understands_what_the_daemon_tells_it()
    {
        // The type's own contract: READY, STATUS, WATCHDOG and RELOADING as systemd reads them, not as we think it does.
        _manager.Clearance("ping").Expect(0);
        Until.True(() => _manager.Property("ActiveState") == "active", "READY=1 to be understood");
        Assert.NotEqual("", _manager.Property("StatusText"));
        Assert.NotEqual("0", _manager.Property("WatchdogTimestampMonotonic"));
        _manager.Systemctl("reload", "clearanced.service").Expect(0);
        Until.True(() => _manager.Property("ActiveState") == "active", "RELOADING=1 to be over");
        Assert.Equal("success", _manager.Property("ReloadResult"));
    }

    [Fact]
    public void Both_doors_lead_to_one_daemon()
    {
        using var asker = new LineClientAs(_manager, _manager.AskSocket);
        using var person = new LineClientAs(_manager, _manager.OperatorSocket);
        var asked = asker.Exchange(LineClient.Call(1, "clearance.hello")).GetProperty("result");
        var decided = person.Exchange(LineClient.Call(1, "clearance.hello")).GetProperty("result");
        Assert.Equal("ask", asked.GetProperty("role").GetString());
        Assert.Equal("operator", decided.GetProperty("role").GetString());
        var pid = _manager.MainPid;
        Assert.Equal(pid, asker.Exchange(LineClient.Call(2, "clearance.ping")).GetProperty("result").GetProperty("pid").GetInt32());
        Assert.Equal(pid, person.Exchange(LineClient.Call(2, "clearance.ping")).GetProperty("result").GetProperty("pid").GetInt32());
    }

    [Fact]
    public void Sockets_and_directories_are_private_from_the_start()
    {
        foreach (var name in (string[])["ask", "operator"])
        {
            Assert.Equal(0x1C0, Lstat.Permissions(Path.Combine(_manager.Runtime, name)));
            Assert.Equal(0x180, Lstat.Permissions(Path.Combine(_manager.Runtime, name, "clearance.sock")));
        }
    }

    [Fact]
    public void A_script_gets_its_exit_code()
    {
        var allowed = _manager.ClearanceJson("ask", "--action", "demo.read");
        Assert.Equal("allowed", allowed.GetProperty("outcome").GetString());
        Assert.Equal("rule:demo-read", allowed.GetProperty("by").GetString());

        var denied = _manager.Clearance("ask", "--action", "demo.write").Expect(1);
        Assert.Contains("demo says no", denied.Output, StringComparison.Ordinal);

        _manager.Clearance("ask", "--action", "demo.unheard", "--wait", "1s").Expect(2);

        _manager.StopSockets().Expect(0);
        _manager.Clearance("ask", "--action", "demo.read").Expect(127);
    }

    [Fact]
    public void A_line_from_socat_gets_its_line_back()
    {
        Repository.RequireTool("socat");
        var answer = _manager.RunWithInput(LineClient.Ask(1, "demo.read") + "\n", "socat", "-t", "10", "-", $"UNIX-CONNECT:{_manager.AskSocket}").Expect(0);
        Assert.Contains("\"outcome\":\"allowed\"", answer.Output, StringComparison.Ordinal);
        Assert.Equal(1, answer.Output.Count(c => c == '\n'));
    }

    [Fact]
    public void A_reload_picks_a_new_rule_up_and_ends()
    {
        _manager.Clearance("ask", "--action", "late.read", "--wait", "0s").Expect(2);
        var pid = _manager.MainPid;
        _manager.WriteFile(
            Path.Combine(_manager.Configuration, "rules.d", "20-late.json"),
            """{"version":1,"rules":[{"id":"late","action":"late.read","decision":"allow"}]}""");
        _manager.Systemctl("reload", "clearanced.service").Expect(0);
        Until.True(() => _manager.Clearance("ask", "--action", "late.read", "--wait", "0s").ExitCode == 0, "the new rule to be in force");
        Until.True(() => _manager.Property("ActiveState") == "active", "the unit to be done reloading");
        Assert.Equal(pid, _manager.MainPid);
    }
}
