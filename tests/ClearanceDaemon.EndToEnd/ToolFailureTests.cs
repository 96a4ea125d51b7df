using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>The daemon dies by SIGKILL while an ask waits: every tool is told no.</summary>
public sealed class ToolFailureTests : IDisposable
{
    private readonly ToolBench _bench = new("""{"version":1,"rules":[{"id":"all","action":"**","decision":"ask"}]}""");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void B61_exec_does_not_run()
    {
        Assert.Equal("", _bench.KillDaemonUnder("clearance exec --action a -- echo ran").Expect(127).Output);
    }

    [Fact]
    public void B61_askpass_says_no() =>
        _bench.KillDaemonUnder("SSH_ASKPASS_PROMPT=confirm clearance-askpass 'Allow it?'").Expect(127);

    [Fact]
    public void B61_git_is_told_to_quit()
    {
        var result = _bench.KillDaemonUnder("printf 'protocol=https\\nhost=h\\n' | clearance git-credential -- '!echo password=hunter2' get");
        Assert.Equal("quit=1\n", result.Expect(127).Output);
    }

    [Fact]
    public void B61_git_does_not_push()
    {
        Repository.RequireTool("git");
        var result = _bench.KillDaemonUnder("git init -q work && cd work && echo 'x 1 refs/heads/x 0' | sh '" + Repository.Root + "/packaging/git/pre-push' origin url");
        result.Expect(127);
    }

    [Fact]
    public void B61_the_agent_is_denied()
    {
        _bench.Write("lines", """{"method":"tools/call","params":{"name":"permission_prompt","arguments":{"tool_name":"Bash","input":{"command":"ls"}}},"jsonrpc":"2.0","id":1}""" + "\n");
        var result = _bench.KillDaemonUnder("mkfifo in out; clearance mcp <in >out & exec 8>in 9<out; cat lines >&8; head -1 <&9; exec 8>&-; wait");
        Assert.Contains("\\\"behavior\\\":\\\"deny\\\"", result.Expect(0).Output, StringComparison.Ordinal);
    }
}
