using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>A real sandbox with the ask directory mounted read-only: it can ask, and that is all it can do to the daemon.</summary>
public sealed class SandboxTests : IDisposable
{
    private readonly TestHome _home;
    private readonly Daemon _daemon;

    public SandboxTests()
    {
        Repository.RequireNative();
        Repository.RequireTool("bwrap");
        _home = new TestHome();
        Assert.SkipUnless(InSandbox("true").ExitCode == 0, "bubblewrap can't make a sandbox here");
        _home.WriteRules();
        _daemon = _home.Start();
    }

    public void Dispose()
    {
        _daemon?.Dispose();
        _home.Dispose();
    }

    [Fact]
    public void It_asks_through_the_read_only_mount()
    {
        Assert.Equal("allowed by rule:demo-read", InSandbox($"{Repository.Cli} ask --action demo.read").Expect(0).Output.Trim());
        InSandbox($"{Repository.Cli} ask --action demo.write").Expect(1);
    }

    [Fact]
    public void B70_it_can_neither_replace_the_socket_nor_hold_the_lock_nor_find_the_operator()
    {
        var ask = Path.GetDirectoryName(_home.AskSocket);
        Assert.NotEqual(0, InSandbox($"rm -f '{_home.AskSocket}' 2>&1 && ! test -e '{_home.AskSocket}'").ExitCode);
        Assert.NotEqual(0, InSandbox($"touch '{ask}/another'").ExitCode);
        Assert.NotEqual(0, InSandbox($"mv '{_home.AskSocket}' '{ask}/aside'").ExitCode);
        Assert.Equal("clearance.sock", InSandbox($"ls -A '{ask}'").Expect(0).Output.Trim());
        InSandbox($"test ! -e '{_home.OperatorSocket}' && test ! -e '{_home.Runtime}/lock'").Expect(0);
        InSandbox($"{Repository.Cli} status").Expect(127);
        _home.Clearance("ask", "--action", "demo.read").Expect(0);
    }

    /// <summary>The system read-only, an empty runtime directory of its own, and in it the ask directory, once the daemon has made it.</summary>
    private CommandResult InSandbox(string script)
    {
        var run = _home.Environment["XDG_RUNTIME_DIR"];
        var ask = Path.GetDirectoryName(_home.AskSocket)!;
        return Command.Run(
            _home.Environment,
            null,
            ["bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--perms", "0700", "--tmpfs", run, "--perms", "0700", "--dir", _home.Runtime,
                "--ro-bind-try", ask, ask, "--", "/bin/sh", "-c", script]);
    }
}
