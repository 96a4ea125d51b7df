using ClearanceDaemon.Conformance;
using ClearanceDaemon.Tests.Native;
using ClearanceDaemon.Tests.Support;

namespace ClearanceDaemon.Tests.HandlersMode;

/// <summary><c>clearanced --handlers</c> as a process of its own: how it waits, serves and ends.</summary>
public sealed class HandlersProcessTests : IDisposable
{
    private readonly Home _home = new();
    private readonly HomeHandler _hello;

    public HandlersProcessTests() => _hello = new(_home);

    public void Dispose() => _home.Dispose();

    private string Socket => Path.Combine(_home.Runtime, "handlers", "clearance.sock");

    [Fact]
    public void It_binds_its_own_socket_runs_what_manifests_say_and_takes_all_along()
    {
        using var notify = new NotifySocket(_home);
        using var process = DaemonProcess.Start(_home, "--handlers");
        Assert.Equal("READY=1", notify.Next());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Socket));
        using (var client = process.Connect(Socket))
        {
            Assert.Contains("\"pong\":true", client.Ask("""{"jsonrpc":"2.0","id":1,"method":"clearance.ping"}"""), StringComparison.Ordinal);
            Assert.Contains("\"hello\": \"world\"", client.Ask(Orders.Line(2, Orders.Call("hello", _hello.Sha256))), StringComparison.Ordinal);
            Assert.Single(_hello.Processes());
            process.Signal(LibC.SIGTERM);
            Assert.Equal(0, process.WaitForExit());
        }

        Assert.Equal("STOPPING=1", notify.Next());
        Assert.Empty(_hello.Processes());
        Assert.False(Path.Exists(Socket));
        Assert.Contains("runs handlers for who connects to " + Socket, process.Log, StringComparison.Ordinal);
        Assert.Contains("stopping", process.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LibC.SIGTERM)]
    [InlineData(2)]
    public void Told_to_stop_before_anyone_came_it_stops_and_has_read_nothing(int signal)
    {
        using var notify = new NotifySocket(_home);
        using var process = DaemonProcess.Start(_home, "--handlers");
        Assert.Equal("READY=1", notify.Next());
        Assert.DoesNotContain("Serilog", File.ReadAllText($"/proc/{process.Pid}/maps"), StringComparison.Ordinal);
        process.Signal(signal);
        Assert.Equal(0, process.WaitForExit());
        Assert.Equal("STOPPING=1", notify.Next());
        Assert.False(Path.Exists(Socket));
        Assert.Empty(process.Log);
    }

    [Fact]
    public void The_end_of_its_life_line_ends_it_before_anyone_came() => Assert.Equal(0, DaemonProcess.Run(_home, "--handlers", "--until-eof").ExitCode);

    [Fact]
    public void Activated_it_serves_the_socket_it_was_given_and_leaves_it()
    {
        using var process = FakeManager.Start(_home, "handlers", [Socket], flags: "--handlers");
        using (var client = process.Connect(Socket))
        {
            Assert.Contains("\"hello\": \"world\"", client.Ask(Orders.Line(1, Orders.Call("hello", _hello.Sha256))), StringComparison.Ordinal);
        }

        Eventually.True(() => _hello.Processes().Count == 0, "the last connection takes its programs along");
        Assert.Equal(0, process.Stop());
        Assert.True(Path.Exists(Socket));
    }

    [Theory]
    [InlineData("ask")]
    [InlineData("handlers:handlers")]
    public void Other_sockets_than_its_own_are_refused_on_them(string names)
    {
        string[] paths = names.Contains(':', StringComparison.Ordinal) ? [Socket, Socket + "2"] : [Socket];
        using var process = FakeManager.Start(_home, names, paths, flags: "--handlers");
        var reply = process.Call(Socket, "clearance.ping");
        Assert.Contains("FileDescriptorName=handlers", reply.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Refused, process.Stop());
    }

    [Fact]
    public void A_second_one_on_the_same_socket_does_not_start()
    {
        using var first = DaemonProcess.Start(_home, "--handlers");
        first.Connect(Socket).Dispose();
        var second = DaemonProcess.Run(_home, "--handlers");
        Assert.Equal(ExitCodes.AlreadyRunning, second.ExitCode);
        Assert.Contains("handlers socket", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Exits_are_noticed_also_where_whoever_started_it_ignored_them()
    {
        _hello.Write("""next(requests()); sys.exit(3)""");
        const string Ignoring = "import os, signal, sys; signal.signal(signal.SIGCHLD, signal.SIG_IGN); os.execv(sys.argv[1], sys.argv[1:])";
        using var process = DaemonProcess.StartCommand(_home, "/usr/bin/python3", "-c", Ignoring, DaemonProcess.Binary, "--handlers");
        using var client = process.Connect(Socket);
        Assert.Contains("\"exitCode\":3", client.Ask(Orders.Line(1, Orders.Call("hello", _hello.Sha256))), StringComparison.Ordinal);
    }
}
