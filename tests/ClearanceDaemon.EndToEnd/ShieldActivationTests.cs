using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>terok-shield's event socket as a unit of its own: what it reports starts the daemon.</summary>
[Collection(ManagerCollection.Name)]
public sealed class ShieldActivationTests : IDisposable
{
    private const string Unit = "clearance-terok-shield.socket";
    private readonly UserManager _manager;

    public ShieldActivationTests(UserManager manager)
    {
        _manager = manager;
        _manager.Reset();
        Repository.RequireTool("socat");
        _manager.Clearance("handlers", "enable", "terok-shield").Expect(0);
        _manager.Systemctl("stop", "clearanced.service", Unit).Expect(0);
    }

    public void Dispose()
    {
        _manager.Systemctl("start", "clearance.socket", "clearance-operator.socket");
        _manager.Clearance("handlers", "disable", "terok-shield");
        _manager.Systemctl("stop", "clearanced.service", Unit);
    }

    [Fact]
    public void The_installer_leaves_the_address_to_whoever_has_it() =>
        Assert.Equal("disabled", _manager.Systemctl("is-enabled", Unit).Output.Trim());

    [Fact]
    public void The_first_report_starts_the_daemon_and_is_not_lost()
    {
        _manager.Systemctl(["start", Unit, "clearance.socket", "clearance-operator.socket"]).Expect(0);
        Assert.Equal("inactive", _manager.Systemctl("is-active", "clearanced.service").Output.Trim());
        _manager.Sh("""
            printf '%s\n' '{"type":"pending","id":"c1:1","container":"c1","dest":"1.2.3.4","port":443,"proto":6,"domain":"example.com"}' |
              socat - "UNIX-CONNECT:$XDG_RUNTIME_DIR/terok-shield-events.sock"
            """).Expect(0);
        Until.True(() => _manager.Systemctl("is-active", "clearanced.service").Output.Trim() == "active", "the report to start the daemon");
        Until.True(() => _manager.Clearance("pending").Output.Contains("example.com:443", StringComparison.Ordinal), "the report to be asked about");
    }
}
