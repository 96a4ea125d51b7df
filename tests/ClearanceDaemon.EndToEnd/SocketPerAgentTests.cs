using System.Text.Json;
using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>One socket per agent, as the sandbox README has it: its settings, and its table line by line.</summary>
public sealed class SocketPerAgentTests : IDisposable
{
    private const string Rules = """
        {"version":1,"rules":[
          {"id":"by-claude-code","action":"*.**","via":"claude-code","decision":"allow"},
          {"id":"by-codex","action":"*.**","via":"codex","decision":"allow"},
          {"id":"by-ssh","action":"ssh.sign","via":"ssh","decision":"allow"},
          {"id":"by-git","action":"git.credential","via":"git","decision":"deny","reason":"by its own socket"},
          {"id":"by-box","action":"*.**","via":"box","decision":"allow"}]}
        """;

    private static readonly string[] Page = File.ReadAllLines(Path.Combine(Repository.Root, "packaging", "sandbox", "README.md"));

    private static readonly string Settings = Page[Array.IndexOf(Page, "```jsonc") + 1];

    private readonly ToolBench _bench = new(Rules, Settings);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Every_socket_of_the_settings_has_its_name_and_its_line()
    {
        foreach (var socket in JsonDocument.Parse(Settings).RootElement.GetProperty("askSockets").EnumerateObject())
        {
            var rule = _bench.Run($"clearance rules explain --via {socket.Name} --action {(socket.Name is "ssh" ? "ssh.sign" : "git.credential")}").Output;
            Assert.Contains($"rule:by-{socket.Name}", rule, StringComparison.Ordinal);
            Assert.Contains(Page, line => line.StartsWith("| ", StringComparison.Ordinal) && line.Contains(socket.Name, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("Claude Code", "claude")]
    [InlineData("Codex", "codex")]
    public void An_agent_hands_its_socket_to_what_it_starts(string who, string program)
    {
        _bench.Write("bin/" + program, "#!/bin/sh\nexec clearance ask --action shell.exec\n", isProgram: true);
        Assert.Equal($"allowed by rule:by-{(program == "claude" ? "claude-code" : "codex")}\n", _bench.Run(Line(who)).Expect(0).Output);
    }

    [Fact]
    public void The_agents_server_alone()
    {
        _bench.Write("bin/claude", "#!/bin/sh\nshift 4\nmkfifo in out; \"$@\" <in >out & exec 8>in 9<out; cat lines >&8; head -1 <&9; exec 8>&-; wait\n", isProgram: true);
        _bench.Write("lines", """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"permission_prompt","arguments":{"tool_name":"Bash","input":{"command":"ls"}}}}""" + "\n");
        Assert.Contains("allow", _bench.Run(Line("its MCP server alone")).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_agent_of_ssh()
    {
        Repository.RequireTool("ssh-agent");
        _bench.Run($"""
            ssh-keygen -q -t ed25519 -N '' -f key && echo text >file
            eval "$({Line("ssh-agent")})"
            trap 'kill $SSH_AGENT_PID' EXIT
            ssh-add -q -c key && rm key && ssh-keygen -Y sign -n file -f key.pub file
            """).Expect(0);
    }

    [Fact]
    public void Git()
    {
        Repository.RequireTool("git");
        var line = Line("git").Split('=', 2);
        var asked = _bench.Run($"git config --global {line[0].Trim()} {line[1].Trim().Replace('"', '\'')} && printf 'protocol=https\\nhost=h\\n' | git credential fill").Expect(128);
        Assert.Contains("by its own socket", asked.Error, StringComparison.Ordinal);
    }

    /// <summary>How the table says that one is told, as shell.</summary>
    private static string Line(string who)
    {
        var cells = Page.Single(line => line.StartsWith($"| {who} |", StringComparison.Ordinal)).Split('|', StringSplitOptions.TrimEntries);
        return cells[2].Trim('`').Replace("$sockets", "$XDG_RUNTIME_DIR/clearance/ask.d", StringComparison.Ordinal);
    }
}
