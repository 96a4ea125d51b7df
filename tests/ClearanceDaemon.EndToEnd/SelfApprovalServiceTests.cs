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
    public void Two_of_one_scope_are_no_service() =>
        Assert.Equal(["allow allowed", "asker allowed"], InService(["systemd-run", "--user", "--quiet", "--scope", .. Asker("person.x")]).Order());

    private string[] InService(string[] program) => _manager.Run(
        ["systemd-run", "--user", "--quiet", "--collect", "--wait", "--pipe", "--unit=asker", .. program]).Expect(0).Output.Trim().Split('\n');

    /// <summary>One process asks, another of a session of its own decides: nothing but the unit is common to both.</summary>
    private string[] Asker(string action) =>
        ["/usr/bin/python3", Path.Combine(_manager.Home, "asker.py"), "sibling", _manager.AskSocket, _manager.OperatorSocket, action];
}
