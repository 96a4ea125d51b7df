using System.Net.Sockets;
using ClearanceDaemon.Conformance;
using ClearanceDaemon.Tests.Native;
using ClearanceDaemon.Tests.Support;

namespace ClearanceDaemon.Tests.Processes;

/// <summary>A daemon in the foreground: which sockets it serves, what it writes, how it ends.</summary>
public sealed class ServingTests : IDisposable
{
    private readonly Home _home = new();

    public ServingTests() => _home.WriteRules();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Every_named_ask_socket_is_served_under_its_name()
    {
        _home.WriteSettings("""{"askSockets": {"claude": {}, "codex": {}}}""");
        using var daemon = DaemonProcess.Start(_home);
        foreach (var (path, via, role) in new[]
        {
            (_home.AskSocket, "ask", "ask"), (_home.OperatorSocket, "operator", "operator"),
            (_home.NamedSocket("claude"), "claude", "ask"), (_home.NamedSocket("codex"), "codex", "ask"),
        })
        {
            var hello = daemon.Result(path, "clearance.hello");
            Assert.Equal((via, role), (hello.GetProperty("via").GetString(), hello.GetProperty("role").GetString()));
            Assert.Equal(Environment.ProcessId, hello.GetProperty("peer").GetProperty("pid").GetInt32());
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            Assert.Equal(Home.OwnerOnly, File.GetUnixFileMode(Path.GetDirectoryName(path)!));
        }

        Assert.Equal("allowed", Outcome(daemon, _home.NamedSocket("claude"), "demo.via"));
        Assert.Equal("no_operator", Outcome(daemon, _home.NamedSocket("codex"), "demo.via"));
    }

    [Fact]
    public void A_named_instance_runs_beside_the_default_one()
    {
        using var one = DaemonProcess.Start(_home);
        using var other = DaemonProcess.Start(_home, "--instance", "work");
        Assert.Equal(one.Pid, one.Result(_home.AskSocket, "clearance.ping").GetProperty("pid").GetInt32());
        var work = Path.Combine(_home.Root, "run/clearance-work");
        Assert.Equal(other.Pid, other.Result(Path.Combine(work, "ask/clearance.sock"), "clearance.ping").GetProperty("pid").GetInt32());
        Assert.Equal("work", other.Result(Path.Combine(work, "operator/clearance.sock"), "daemon.status").GetProperty("instance").GetString());
    }

    [Fact]
    public void Own_paths_are_served_instead_and_an_abstract_name_beside_them()
    {
        var own = Path.Combine(_home.Root, "own");
        Directory.CreateDirectory(own, Home.OwnerOnly);
        var (ask, operators, name) = (Path.Combine(own, "a"), Path.Combine(own, "o"), $"clearanced-test-{Guid.NewGuid():n}");
        using var daemon = DaemonProcess.Start(_home, "--ask-socket", ask, "--operator-socket", operators, "--abstract", name);
        Assert.Equal("ask", daemon.Result(ask, "clearance.hello").GetProperty("role").GetString());
        Assert.Equal("ask", daemon.Result("@" + name, "clearance.hello").GetProperty("role").GetString());
        Assert.Equal("ok", daemon.Result(operators, "daemon.status").GetProperty("state").GetString());
        Assert.False(Path.Exists(_home.AskSocket));
        Assert.Equal(0, daemon.Stop());
        Assert.Empty(Directory.GetFileSystemEntries(own));
    }

    [Fact]
    public void The_directory_of_an_own_path_is_checked_and_not_mended()
    {
        var own = Path.Combine(_home.Root, "own");
        Directory.CreateDirectory(own, Home.OwnerOnly);
        File.SetUnixFileMode(own, Home.OwnerOnly | UnixFileMode.OtherExecute);
        var outcome = DaemonProcess.Run(_home, "--ask-socket", Path.Combine(own, "a"));
        Assert.Equal(ExitCodes.Refused, outcome.ExitCode);
        Assert.Contains(own, outcome.Error, StringComparison.Ordinal);
        Assert.Equal(Home.OwnerOnly | UnixFileMode.OtherExecute, File.GetUnixFileMode(own));
    }

    [Fact]
    public void SIGTERM_ends_it_well_and_removes_the_sockets_but_not_their_directories()
    {
        using var daemon = DaemonProcess.Start(_home);
        daemon.Result(_home.AskSocket, "clearance.ping");
        Assert.Equal(0, daemon.Stop());
        Assert.False(Path.Exists(_home.AskSocket));
        Assert.False(Path.Exists(_home.OperatorSocket));
        Assert.True(Directory.Exists(Path.GetDirectoryName(_home.AskSocket)));
        Assert.True(File.Exists(Path.Combine(_home.Runtime, "lock")));
    }

    [Fact]
    public void The_socket_of_a_killed_one_is_replaced_by_the_next()
    {
        using (var killed = DaemonProcess.Start(_home))
        {
            killed.Result(_home.AskSocket, "clearance.ping");
            killed.Signal(LibC.SIGKILL);
            killed.WaitForExit();
        }

        Assert.True(Path.Exists(_home.AskSocket));
        using var next = DaemonProcess.Start(_home);
        Eventually.True(() => CanConnect(_home.AskSocket), "the next one listens");
        Assert.Equal(next.Pid, next.Result(_home.AskSocket, "clearance.ping").GetProperty("pid").GetInt32());
    }

    [Fact]
    public void SIGHUP_reads_the_rules_again_and_ends_nothing()
    {
        using var notify = new NotifySocket(_home);
        using var daemon = DaemonProcess.Start(_home);
        Assert.Equal("READY=1", notify.Next());
        Assert.StartsWith("STATUS=serving 2 sockets by 3 rules", notify.Next(), StringComparison.Ordinal);
        Assert.Equal("allowed", Outcome(daemon, _home.AskSocket, "demo.read"));
        _home.WriteRules("""{"version":1,"rules":[{"id":"none","action":"demo.read","decision":"deny"}]}""");
        daemon.Signal(LibC.SIGHUP);
        Assert.Matches("^RELOADING=1\nMONOTONIC_USEC=[1-9][0-9]*$", notify.Next());
        Assert.Equal("READY=1", notify.Next());
        Assert.Equal("STATUS=serving 2 sockets by 1 rules", notify.Next());
        Assert.Equal("denied", Outcome(daemon, _home.AskSocket, "demo.read"));
        Assert.Equal(0, daemon.Stop());
        Assert.Equal("STOPPING=1", notify.Next());
    }

    [Fact]
    public void Rules_from_a_flag_take_the_place_of_the_usual_ones()
    {
        var rules = _home.Write("own.json", """{"version":1,"rules":[{"id":"own","action":"demo.*","decision":"deny"}]}""");
        using var daemon = DaemonProcess.Start(_home, "--rules", rules);
        Assert.Equal("denied", Outcome(daemon, _home.AskSocket, "demo.read"));
    }

    private static string? Outcome(DaemonProcess daemon, string path, string action) =>
        daemon.Result(path, "clearance.ask", $$"""{"action":"{{action}}","wait":"0s"}""").GetProperty("outcome").GetString();

    private static bool CanConnect(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
