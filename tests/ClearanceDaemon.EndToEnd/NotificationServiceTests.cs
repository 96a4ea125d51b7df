using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>clearance-notify.service as installed, in a real user manager: hardened, and still able to do its one job.</summary>
[Collection(ManagerCollection.Name)]
public sealed class NotificationServiceTests : IDisposable
{
    private const string Unit = "clearance-notify.service";
    private readonly UserManager _manager;

    public NotificationServiceTests(UserManager manager)
    {
        _manager = manager;
        _manager.Reset();
    }

    public void Dispose()
    {
        _manager.Systemctl("stop", Unit);
        _manager.Systemctl("disable", Unit);
    }

    [Fact]
    public void It_is_installed_and_enabled_only_on_request()
    {
        var install = Path.Combine(_manager.Tree, "packaging", "install");
        Assert.True(File.Exists(Path.Combine(_manager.Units, Unit)));
        Assert.Equal("disabled", _manager.Systemctl("is-enabled", Unit).Output.Trim());
        Assert.Contains("desktop notifications", _manager.Run(install, "--notify").Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal("enabled", _manager.Systemctl("is-enabled", Unit).Output.Trim());
        // No graphical session is there to start it in.
        Assert.Equal("inactive", _manager.Systemctl("is-active", Unit).Output.Trim());
        _manager.Run(install, "--uninstall").Expect(0);
        Assert.Empty(Directory.GetFiles(_manager.Units, "clearance*", SearchOption.AllDirectories));
        _manager.Run(install).Expect(0);
    }

    [Fact]
    public void B49_without_a_server_it_waits_and_nobody_is_present()
    {
        _manager.Systemctl("start", Unit).Expect(0);
        _manager.Clearance("ask", "--action", "demo.nobody", "--wait", "30s").Expect(2);
        Assert.Equal("active", _manager.Systemctl("is-active", Unit).Output.Trim());
    }

    [Fact]
    public void Under_its_unit_a_button_answers_the_ask_and_stopping_clears_the_screen()
    {
        using var desktop = new Desktop(
            new Dictionary<string, string> { ["HOME"] = _manager.Home, ["XDG_RUNTIME_DIR"] = Path.GetDirectoryName(_manager.Runtime)! },
            _manager.Home,
            "setpriv", "--reuid", $"{_manager.Uid}", "--regid", $"{_manager.Gid}", "--init-groups");
        _manager.Systemctl("start", Unit).Expect(0);
        Until.True(() => _manager.ClearanceJson("status").GetProperty("operators").GetInt32() == 1, "the notifier to be present");
        AssertConfined();

        using var asker = new LineClientAs(_manager, _manager.AskSocket);
        asker.Send(LineClient.Ask(1, "demo.unit"));
        desktop.WaitForDisplayed(1);
        desktop.Press("Allow once");
        Assert.Contains("clearance.asked", asker.ReadLine(), StringComparison.Ordinal);
        Assert.Contains("\"outcome\":\"allowed\"", asker.ReadLine(), StringComparison.Ordinal);

        asker.Send(LineClient.Ask(2, "demo.left"));
        desktop.WaitForDisplayed(1);
        _manager.Systemctl("stop", Unit).Expect(0);
        desktop.WaitForDisplayed(0);
        Assert.Equal("success", _manager.Systemctl("show", "--value", "-p", "Result", Unit).Output.Trim());
    }

    [Fact]
    public void Nothing_in_its_unit_makes_a_namespace()
    {
        var unit = File.ReadAllLines(Path.Combine(Repository.Root, "systemd", Unit));
        Assert.DoesNotContain(unit, static line => line.StartsWith("Private", StringComparison.Ordinal) || line.StartsWith("Protect", StringComparison.Ordinal)
            || line.StartsWith("ReadOnlyPaths", StringComparison.Ordinal) || line.StartsWith("TemporaryFileSystem", StringComparison.Ordinal));
    }

    private void AssertConfined()
    {
        var pid = _manager.Systemctl("show", "--value", "-p", "MainPID", Unit).Expect(0).Output.Trim();
        var status = File.ReadAllText($"/proc/{pid}/status");
        Assert.Contains("Seccomp:\t2", status, StringComparison.Ordinal);
        Assert.Contains("NoNewPrivs:\t1", status, StringComparison.Ordinal);
    }
}
