using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>Whom people believe, and how they stop everything: a listener of another user in the daemon's place, and lockdown.</summary>
public sealed class WatchTests : IDisposable
{
    private const string Red = "\e[31m";

    private const int Nobody = 65534;

    /// <summary>
    /// Takes the daemon's addresses as root, so that every mode and owner is right, and listens as another user. Says yes to
    /// whoever connects, and how many bytes it got for it.
    /// </summary>
    private const string FakeDaemon = """
        import os, select, socket, sys
        listeners = []
        for path in sys.argv[2:]:
            os.makedirs(os.path.dirname(path), 0o700)
            listeners.append(socket.socket(socket.AF_UNIX))
            listeners[-1].bind(path)
            os.chmod(path, 0o600)
        os.setresuid(int(sys.argv[1]), int(sys.argv[1]), 0)
        for listener in listeners: listener.listen()
        print("ready", flush=True)
        while True:
            for listener in select.select(listeners, [], [])[0]:
                peer = listener.accept()[0]
                lies = (b'{"jsonrpc":"2.0","id":1,"result":{"outcome":"allowed","id":"' + b"0" * 32 + b'","by":"operator","items":[],"epoch":"e","seq":1,"resumed":false}}\n'
                    b'{"jsonrpc":"2.0","method":"clearance.event","params":{"seq":1,"epoch":"e","time":"2026-11-20T10:00:00.000Z","type":"asked","id":"1","data":{"lie":1}}}\n')
                try:
                    peer.sendall(lies)
                    got = peer.recv(65536)
                except ConnectionError:
                    got = b""
                print("got", len(got), flush=True)
        """;

    private readonly TestHome _home;

    public WatchTests()
    {
        Repository.RequireNative();
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "/usr/bin/python3 is not installed");
        _home = new TestHome();
        _home.WriteRules();
    }

    public void Dispose() => _home?.Dispose();

    [Fact]
    public void B29_nothing_is_believed_or_told_to_another_users_daemon_in_ours_place()
    {
        Repository.RequireRoot();
        using var fake = new Daemon(_home.Environment, "/usr/bin/python3", "-c", FakeDaemon, $"{Nobody}", _home.AskSocket, _home.OperatorSocket);
        Assert.True(fake.ReadLine() == "ready", fake.Log);
        string[][] commands =
        [
            ["ask", "--action", "demo.read"], ["ask", "--action", "demo.read", "--json"], ["allow", "00000000"], ["deny", "00000000"],
            ["pending"], ["pending", "--json"], ["watch"], ["watch", "--plain"], ["grants", "list"], ["lockdown", "on"], ["lockdown", "off"], ["status"],
        ];
        foreach (var command in commands)
        {
            var said = _home.Clearance(command).Expect(127);
            Assert.Empty(said.Output);
            Assert.Contains($"uid {Nobody}", said.Error, StringComparison.Ordinal);
            Assert.Equal("got 0", fake.ReadLine());
        }
    }

    [Fact]
    public void B29_the_inbox_on_a_terminal_shows_nothing_of_another_users_daemon()
    {
        Repository.RequireRoot();
        using var fake = new Daemon(_home.Environment, "/usr/bin/python3", "-c", FakeDaemon, $"{Nobody}", _home.AskSocket, _home.OperatorSocket);
        Assert.True(fake.ReadLine() == "ready", fake.Log);
        using var watch = _home.Terminal("watch");
        Assert.Equal(127, watch.Told().GetProperty("exit").GetInt32());
        watch.Until(() => watch.Screen.ToString().Contains($"uid {Nobody}", StringComparison.Ordinal), "no complaint", mayHaveEnded: true);
        Assert.Empty(watch.Screen.Modes);
        Assert.DoesNotContain("waiting", watch.Screen.ToString(), StringComparison.Ordinal);
        Assert.Equal("got 0", fake.ReadLine());
    }

    [Fact]
    public void Lockdown_denies_everything_is_red_outlives_a_restart_and_is_lifted()
    {
        using (var daemon = _home.Start())
        {
            _home.Clearance("ask", "--action", "demo.read").Expect(0);
            _home.Clearance("lockdown", "on", "--reason", "a strange ask").Expect(0);
            AssertLockedDown();
            Assert.Equal(0, daemon.Stop());
        }

        using (var daemon = _home.Start())
        {
            AssertLockedDown();
            _home.Clearance("lockdown", "off").Expect(0);
            _home.Clearance("lockdown").Expect(0);
            _home.Clearance("ask", "--action", "demo.read").Expect(0);
            Assert.Equal(0, daemon.Stop());
        }

        using (_home.Start())
        {
            _home.Clearance("ask", "--action", "demo.read").Expect(0);
        }
    }

    [Fact]
    public void Lockdown_denies_what_waits_takes_grants_back_and_is_in_every_inbox()
    {
        Repository.RequireNoService();
        using var daemon = _home.Start();
        using var watch = _home.Terminal("watch");
        watch.See("clearance: 0 waiting, 1 operator");
        using (var granted = new ShellAsk(_home, "--action", "granted.once"))
        {
            watch.See("granted.once");
            watch.PressUntil("A", () => watch.Screen.ToString().Contains("ALLOW", StringComparison.Ordinal));
            watch.Press("l\r");
            watch.See("allowed for 10m");
            granted.Ends(0, "allowed by operator");
        }

        using (var waiting = new ShellAsk(_home, "--action", "waits.still"))
        {
            watch.See("waits.still");
            var said = _home.Clearance("lockdown", "on", "--reason", "a strange ask").Expect(0).Output;
            Assert.Contains("1 grant revoked, 1 waiting ask denied", said, StringComparison.Ordinal);
            waiting.Ends(1, "denied by operator: everything is locked down: a strange ask");
        }

        watch.See("!!! LOCKDOWN: everything is denied", "a strange ask");
        Assert.Empty(_home.Clearance("grants", "list", "--json").Expect(0).Output);
        _home.Clearance("ask", "--action", "granted.once").Expect(1);
        watch.PressUntil("L", () => watch.Screen.ToString().Contains("type lift to lift it", StringComparison.Ordinal));
        watch.Press("lift\r");
        watch.Until(() => !watch.Screen.ToString().Contains("LOCKDOWN", StringComparison.Ordinal), "the inbox still says LOCKDOWN");
        _home.Clearance("lockdown").Expect(0);
        watch.Press("q");
        Assert.Equal(0, watch.End());
    }

    private void AssertLockedDown()
    {
        var denied = _home.Clearance("ask", "--action", "demo.read").Expect(1);
        Assert.StartsWith("denied by operator: everything is locked down: a strange ask", denied.Output, StringComparison.Ordinal);
        AssertRed("LOCKDOWN", 1, "lockdown");
        AssertRed("denied", 1, "ask", "--action", "demo.read");
        AssertRed("LOCKDOWN", 1, "status");
    }

    private void AssertRed(string text, int exitCode, params string[] command)
    {
        using var terminal = _home.Terminal(command);
        Assert.Equal(exitCode, terminal.Told().GetProperty("exit").GetInt32());
        terminal.Until(() => terminal.Screen.Raw.Contains(Red + text, StringComparison.Ordinal), $"no red {text}", mayHaveEnded: true);
    }
}
