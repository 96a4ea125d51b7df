using ClearanceDaemon.Tests.Support;

namespace ClearanceDaemon.Tests.Processes;

/// <summary>A daemon that was handed its sockets.</summary>
public sealed class ActivatedTests : IDisposable
{
    private readonly Home _home = new();

    public ActivatedTests() => _home.WriteRules();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void What_was_handed_over_is_served_by_its_name_and_what_was_not_is_told()
    {
        _home.WriteSettings("""{"askSockets": {"claude": {}, "codex": {}}}""");
        using var daemon = FakeManager.Start(_home, "ask:operator:ask.claude", [_home.AskSocket, _home.OperatorSocket, _home.NamedSocket("claude")]);
        Assert.Equal("ask", Via(daemon, _home.AskSocket));
        Assert.Equal("operator", Via(daemon, _home.OperatorSocket));
        Assert.Equal("claude", Via(daemon, _home.NamedSocket("claude")));
        Assert.Equal("codex", Assert.Single(daemon.Result(_home.OperatorSocket, "daemon.status").GetProperty("notServed").EnumerateArray()).GetString());
        Assert.False(Path.Exists(_home.NamedSocket("codex")));
    }

    [Fact]
    public void An_activated_daemon_leaves_the_paths_to_the_service_manager()
    {
        using var notify = new NotifySocket(_home);
        using var daemon = FakeManager.Start(_home, "ask", [_home.AskSocket]);
        Assert.Equal("ask", Via(daemon, _home.AskSocket));

        // The first caller has its answer before there is a host that minds signals.
        Assert.Equal("READY=1", notify.Next());
        Assert.Equal(0, daemon.Stop());
        Assert.True(Path.Exists(_home.AskSocket));
    }

    [Fact]
    public void B71_a_fatal_configuration_is_told_to_every_caller_and_to_the_service_manager()
    {
        using var notify = new NotifySocket(_home);
        _home.WriteSettings("""{"nonsense": 1}""");
        using var daemon = FakeManager.Start(_home, "ask:operator", [_home.AskSocket, _home.OperatorSocket]);
        AssertUnavailable(daemon, "nonsense: there is no such setting");
        Assert.Equal("READY=1", notify.Next());
        Assert.StartsWith("STATUS=serving nothing but 'unavailable': " + _home.SettingsFile, notify.Next(), StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Configuration, daemon.Stop());
        Assert.Equal("STOPPING=1", notify.Next());
        Assert.Single(daemon.LogLines);
    }

    [Fact]
    public void B71_the_watchdog_of_a_daemon_that_only_says_unavailable_is_fed()
    {
        using var notify = new NotifySocket(_home);
        _home.Environment["WATCHDOG_USEC"] = "300000";
        _home.WriteSettings("{]");
        using var daemon = FakeManager.Start(_home, "ask:operator", [_home.AskSocket, _home.OperatorSocket]);
        Assert.Equal("READY=1", notify.Next());
        Assert.StartsWith("STATUS=", notify.Next(), StringComparison.Ordinal);
        Assert.Equal("WATCHDOG=1", notify.Next());
        Assert.Equal("WATCHDOG=1", notify.Next());
    }

    [Fact]
    public void B71_a_held_lock_is_told_to_every_caller()
    {
        using var first = DaemonProcess.Start(_home, "--ask-socket", OwnPath("a"), "--operator-socket", OwnPath("o"));
        first.Result(OwnPath("a"), "clearance.ping");
        using var daemon = FakeManager.Start(_home, "ask:operator", [_home.AskSocket, _home.OperatorSocket]);
        AssertUnavailable(daemon, $"{first.Pid}");
        Assert.Equal(ExitCodes.AlreadyRunning, daemon.Stop());
    }

    [Fact]
    public void B12_B71_a_socket_with_a_lax_mode_is_refused_on_that_socket()
    {
        using var daemon = FakeManager.Start(_home, "ask:operator", [_home.AskSocket, _home.OperatorSocket], mode: "666");
        AssertUnavailable(daemon, "SocketMode=0600");
        Assert.Equal(ExitCodes.Refused, daemon.Stop());
    }

    [Theory]
    [InlineData("ask:nonsense", "socket named 'nonsense'")]
    [InlineData("ask:ask.Claude", "socket named 'ask.Claude'")]
    [InlineData("ask", "LISTEN_FDNAMES has 1 names for 2 sockets")]
    public void B71_wrong_names_are_told_to_every_caller(string names, string reason)
    {
        using var daemon = FakeManager.Start(_home, names, [_home.AskSocket, _home.OperatorSocket]);
        AssertUnavailable(daemon, reason);
        Assert.Equal(ExitCodes.Refused, daemon.Stop());
    }

    [Fact]
    public void B71_a_state_directory_that_cannot_be_used_is_told_to_every_caller()
    {
        Directory.CreateDirectory(_home.State, Home.OwnerOnly);
        File.WriteAllText(Path.Combine(_home.State, "audit"), "in the way");
        using var daemon = FakeManager.Start(_home, "ask:operator", [_home.AskSocket, _home.OperatorSocket]);
        AssertUnavailable(daemon, "audit");
        daemon.Stop();
    }

    private static string? Via(DaemonProcess daemon, string path) => daemon.Result(path, "clearance.hello").GetProperty("via").GetString();

    private string OwnPath(string name)
    {
        Directory.CreateDirectory(Path.Combine(_home.Root, "own"), Home.OwnerOnly);
        return Path.Combine(_home.Root, "own", name);
    }

    private void AssertUnavailable(DaemonProcess daemon, string reason)
    {
        foreach (var path in (string[])[_home.AskSocket, _home.OperatorSocket, _home.AskSocket])
        {
            var reply = daemon.Call(path, "clearance.ask", """{"action":"demo.read"}""");
            Assert.Equal(1, reply.GetProperty("id").GetInt32());
            Assert.Equal("unavailable", reply.GetProperty("error").GetProperty("data").GetProperty("code").GetString());
            Assert.Contains(reason, reply.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        }

        Assert.False(daemon.HasExited, "it stays");
    }
}
