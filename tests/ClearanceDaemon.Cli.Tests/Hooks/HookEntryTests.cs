using ClearanceDaemon.Cli.Hooks.Install;
using ClearanceDaemon.Cli.Tests.Processes;

namespace ClearanceDaemon.Cli.Tests.Hooks;

/// <summary>The command that a host runs: shells read it as it is meant, and it blocks where the program is gone.</summary>
public sealed class HookEntryTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("/usr/bin/clearance")]
    [InlineData("/opt/a b/clearance")]
    [InlineData("/opt/it's; $HOME `x` \"y\" \\/clearance")]
    public void ItIsReadBackAsItWasWritten(string program)
    {
        var entry = new HookEntry(program, ["--instance", "x", "hook", "codex", "--via", "agent", "--wait", "30s"]);
        var read = HookEntry.TryRead(entry.Command());
        Assert.NotNull(read);
        Assert.Equal((program, "codex", "agent", "30s"), (read.Program, read.Host, read.Via, read.Wait));
        Assert.Equal(entry.Arguments, read.Arguments);
    }

    [Theory]
    [InlineData("")]
    [InlineData("clearance hook codex")]
    [InlineData("test -x /a && exec /a hook codex")]
    [InlineData("test -x /a && exec /b hook codex; echo 'clearance is gone from /a, so nothing is allowed: install it again, or take this hook out' >&2; exit 2")]
    [InlineData("test -x /a && exec /a hook codex; echo 'clearance is gone from /a, so nothing is allowed: install it again, or take this hook out' >&2; exit 2; true")]
    [InlineData("test -x /a && exec /a 'hook")]
    public void AnyOtherCommandIsNotOurs(string command) => Assert.Null(HookEntry.TryRead(command));

    [Theory]
    [InlineData("/bin/sh")]
    [InlineData("/bin/bash")]
    [InlineData("/usr/bin/zsh")]
    [InlineData("/usr/bin/fish")]
    public void ShellsRunItWithItsArgumentsInTheirOwnPlace(string shell)
    {
        Assert.SkipUnless(File.Exists(shell), $"{shell} is not installed");
        var program = _directory.Combine("it's a \"program\" $x");
        RealProcess.Run("/bin/sh", ["-c", "printf '#!/bin/sh\\nfor a; do echo \"[$a]\"; done; echo $PPID; exit 7\\n' >\"$1\"; chmod 700 \"$1\"", "sh", program]);
        using var process = RealProcess.Start(shell, ["-c", new HookEntry(program, ["hook", "codex", "--via", "a b'c"]).Command()]);
        var run = RealProcess.Finish(process);

        // Its parent is who started the shell: the asks are the host's.
        Assert.Equal(new Outcome(7, $"[hook]\n[codex]\n[--via]\n[a b'c]\n{Environment.ProcessId}\n", ""), run);
    }

    [Theory]
    [InlineData("/bin/sh")]
    [InlineData("/bin/bash")]
    [InlineData("/usr/bin/zsh")]
    [InlineData("/usr/bin/fish")]
    public void B61_WhereTheProgramIsGoneTheHostIsBlocked(string shell)
    {
        Assert.SkipUnless(File.Exists(shell), $"{shell} is not installed");
        var program = _directory.Combine("gone");
        var entry = new HookEntry(program, ["hook", "claude-code"]);
        HookTry.Blocked(RealProcess.Run(shell, ["-c", entry.Command()]) is var missing ? missing with { Error = missing.Error.Replace("clearance is", "clearance: is", StringComparison.Ordinal) } : missing, program, "nothing is allowed");
        File.WriteAllText(program, "not to be run");
        Assert.Equal(2, RealProcess.Run(shell, ["-c", entry.Command()]).ExitCode);
    }
}
