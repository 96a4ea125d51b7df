using System.Text.Json;
using ClearanceDaemon.Conformance;
using ClearanceDaemon.Tests.Native;
using ClearanceDaemon.Tests.Support;

namespace ClearanceDaemon.Tests.HandlersMode;

/// <summary>A daemon that no service manager started, and the handlers process it brings along.</summary>
public sealed class BesideTests : IDisposable
{
    private readonly Home _home = new();

    public BesideTests() => _home.WriteRules();

    private string Socket => Path.Combine(_home.Runtime, "handlers", "clearance.sock");

    public void Dispose() => _home.Dispose();

    [Fact]
    public void A_handler_answers_through_the_daemon_and_all_ends_with_it()
    {
        var hello = new HomeHandler(_home);
        using var daemon = DaemonProcess.Start(_home);
        AssertHello(daemon, _home.AskSocket, _home.OperatorSocket);
        Assert.Single(hello.Processes());
        Assert.Single(Beside(daemon));
        Assert.Equal(0, daemon.Stop());
        Assert.Empty(hello.Processes());
        Assert.False(Path.Exists(Socket));
    }

    [Fact]
    public void Of_an_ephemeral_daemon_it_reads_the_manifests_in_its_directory_and_no_others()
    {
        var others = new HomeHandler(_home);
        using var daemon = DaemonProcess.Start(_home, "--ephemeral");
        using var places = JsonDocument.Parse(daemon.ReadLine()!);
        string Place(string name) => places.RootElement.GetProperty(name).GetString()!;
        Assert.Contains("method_not_found", daemon.Call(Place("askSocket"), "hello.world").GetRawText(), StringComparison.Ordinal);
        var hello = new HomeHandler(_home, Path.Combine(Place("config"), "handlers.d"));
        daemon.Result(Place("operatorSocket"), "rules.reload");
        AssertHello(daemon, Place("askSocket"), Place("operatorSocket"));
        Assert.Equal(0, daemon.Stop());
        Assert.Empty(hello.Processes());
        Assert.False(Directory.Exists(Place("dir")));
        Assert.Empty(others.Processes());
    }

    [Fact]
    public void A_daemon_that_is_killed_takes_it_along_with_all_it_runs()
    {
        var hello = new HomeHandler(_home);
        using var daemon = DaemonProcess.Start(_home);
        AssertHello(daemon, _home.AskSocket, _home.OperatorSocket);
        var beside = Assert.Single(Beside(daemon));
        daemon.Signal(LibC.SIGKILL);
        daemon.WaitForExit();
        Eventually.True(() => hello.Processes().Count == 0 && !IsRunning(beside), "nothing is left");
    }

    [Fact]
    public void Where_someone_listens_already_none_is_started()
    {
        using var own = DaemonProcess.Start(_home, "--handlers");
        own.Connect(Socket).Dispose();
        using var daemon = DaemonProcess.Start(_home);
        daemon.Result(_home.AskSocket, "clearance.ping");
        Assert.Empty(Beside(daemon));
        Assert.Equal(0, daemon.Stop());
        Assert.True(Path.Exists(Socket));
        own.Connect(Socket).Dispose();
    }

    [Fact]
    public void B40_it_has_its_pipe_its_socket_and_nothing_else_of_the_daemons()
    {
        // The managed runtime's own, for debuggers.
        _home.Environment["DOTNET_EnableDiagnostics"] = "0";
        using var daemon = DaemonProcess.Start(_home);
        daemon.Result(_home.AskSocket, "clearance.ping");
        var beside = Assert.Single(Beside(daemon));

        // What the runtime opens itself is files, and pipes of its own; the daemon's would be more sockets.
        Eventually.True(() => Sockets(beside).Length == 1, "its one socket: " + string.Join(' ', Sockets(beside)));
        Assert.DoesNotContain("audit", string.Join(' ', Descriptors(beside)), StringComparison.Ordinal);
        Assert.StartsWith("pipe:", new FileInfo($"/proc/{beside}/fd/0").LinkTarget, StringComparison.Ordinal);
        Assert.Equal("/dev/null", new FileInfo($"/proc/{beside}/fd/1").LinkTarget);
    }

    private static void AssertHello(DaemonProcess daemon, string ask, string @operator)
    {
        daemon.Result(@operator, "handlers.enable", """{"name":"hello"}""");
        Assert.Equal("world", daemon.Result(ask, "hello.world").GetProperty("hello").GetString());
    }

    private static string[] Sockets(string pid) => [.. Descriptors(pid).Where(static target => target.StartsWith("socket:", StringComparison.Ordinal))];

    private static string[] Descriptors(string pid) => [.. Directory.GetFileSystemEntries($"/proc/{pid}/fd").Select(static fd => new FileInfo(fd).LinkTarget ?? "")];

    /// <summary>The daemon's children.</summary>
    private static string[] Beside(DaemonProcess daemon) =>
        [.. Directory.GetDirectories($"/proc/{daemon.Pid}/task").SelectMany(static task => File.ReadAllText(task + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    private static bool IsRunning(string pid) => File.Exists($"/proc/{pid}/cmdline") && File.ReadAllText($"/proc/{pid}/cmdline").Contains("--handlers", StringComparison.Ordinal);
}
