using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>A service cannot allow what it asks, from whichever of its processes; a scope is no service.</summary>
[Collection(ManagerCollection.Name)]
public sealed class SelfApprovalServiceTests
{
    private readonly UserManager _manager;

    public SelfApprovalServiceTests(UserManager manager)
    {
        _manager = manager;
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "/usr/bin/python3 is not installed");
        _manager.Reset();
        _manager.WriteFile(Path.Combine(_manager.Configuration, "rules.d", "20-person.json"), TestHome.PersonRules);
        _manager.WriteFile(Path.Combine(_manager.Home, "asker.py"), AskerScript.Text);
    }

    [Fact]
    public void B30_a_service_that_allows_its_own_ask_is_refused_and_may_deny()
    {
        SelfApprovalTests.Refused(InService(Asker("person.x")), "the service that asks (asker.service)", "another terminal");
        Assert.Equal(["allow allowed", "asker allowed"], InService(Asker("lifted.x")).Order());
    }

    [Fact]
    public void Two_of_one_scope_are_no_service()
    {
        RequireScopes();
        Assert.Equal(["allow allowed", "asker allowed"], InService([.. Scope, .. Asker("person.x")]).Order());
    }

    private static string[] Scope => ["/usr/bin/systemd-run", "--user", "--quiet", "--scope"];

    /// <summary>A scope is made over the session's bus, which not every machine has and other tests may have taken down.</summary>
    private void RequireScopes()
    {
        if (!Start([.. Scope, "/bin/true"]))
        {
            _manager.Systemctl("restart", "dbus.socket");
            Assert.SkipUnless(Start([.. Scope, "/bin/true"]), "systemd-run makes no scope here: there is no session bus (package dbus-user-session)");
        }
    }

    /// <summary>What a program prints that runs as a service of its own. By a unit file: that needs no bus.</summary>
    private string[] InService(string[] program)
    {
        Assert.True(Start(program), "the service failed");
        return File.ReadAllText(Output).Trim().Split('\n');
    }

    private string Output => Path.Combine(_manager.Home, "asker.out");

    private bool Start(string[] program)
    {
        _manager.Sh($"rm -f '{Output}'").Expect(0);
        _manager.WriteFile(
            Path.Combine(_manager.Units, "asker.service"),
            $"[Service]\nType=oneshot\nExecStart={string.Join(' ', program)}\nStandardOutput=file:{Output}\n");
        _manager.Systemctl("daemon-reload").Expect(0);
        return _manager.Systemctl("start", "asker.service").ExitCode == 0;
    }

    /// <summary>One process asks, another of a session of its own decides: nothing but the unit is common to both.</summary>
    private string[] Asker(string action) =>
        ["/usr/bin/python3", Path.Combine(_manager.Home, "asker.py"), "sibling", _manager.AskSocket, _manager.OperatorSocket, action];
}
