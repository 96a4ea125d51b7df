using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>
/// The daemon can't start a program. Seen in /proc, and tried: a debugger, which no filter stops, has a thread of the running daemon
/// make the call itself.
/// </summary>
public sealed class NoExecTests : IDisposable
{
    private readonly TestHome _home = new();

    public NoExecTests() => Repository.RequireNative();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Every_thread_of_the_daemon_has_the_filter()
    {
        using var daemon = _home.Start();
        Assert.All(Directory.GetDirectories($"/proc/{daemon.Pid}/task"), static thread =>
        {
            var status = File.ReadAllText(Path.Combine(thread, "status"));
            Assert.Contains("Seccomp:\t2", status, StringComparison.Ordinal);
            Assert.Contains("NoNewPrivs:\t1", status, StringComparison.Ordinal);
        });
        Assert.True(_home.ClearanceJson("status").GetProperty("kernel").GetProperty("execForbidden").GetBoolean());
        Assert.Equal(0, daemon.Stop());
    }

    [Fact]
    public void No_thread_of_the_daemon_can_start_a_program()
    {
        using var daemon = _home.Start();
        foreach (var thread in Directory.GetDirectories($"/proc/{daemon.Pid}/task").Select(static task => int.Parse(Path.GetFileName(task))))
        {
            var tried = Ptrace.Try(thread, "execve", "execveat", "execve of x32", "execveat of x32", "execve of i386");
            Assert.Equal(["EPERM", "EPERM", "EPERM", "EPERM", "EPERM"], tried.Values);
        }

        // It was traced, not harmed.
        Assert.Contains($"{daemon.Pid}", _home.Clearance("ping", "--json").Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal(0, daemon.Stop());
    }

    [Fact]
    public void The_attempt_itself_is_sound_without_the_filter_a_program_is_replaced()
    {
        using var sleeper = new Daemon(_home.Environment, "/bin/sleep", "60");
        Until.True(() => File.ReadAllText($"/proc/{sleeper.Pid}/syscall").StartsWith("230 ", StringComparison.Ordinal), "sleep to sleep");
        var tried = Ptrace.Try(sleeper.Pid, "getpid", "execve");
        Assert.Equal($"{sleeper.Pid}", tried["getpid"]);
        Assert.Equal("0", tried["execve"]);
        Assert.Equal(0, sleeper.WaitForExit());
    }
}
