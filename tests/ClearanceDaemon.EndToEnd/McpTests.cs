using System.Text.Json;
using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary><c>clearance mcp</c> as it is installed, native, before a real daemon: raw lines, and the recipe with a stand-in for the agent.</summary>
public sealed class McpTests : IDisposable
{
    private const string Rules = """
        {"version":1,"rules":[
          {"id":"read","action":"file.read","resource":{"under":"/usr"},"decision":"allow"},
          {"id":"no-write","action":"file.write","decision":"deny","reason":"read only"},
          {"id":"shell","action":"shell.exec","decision":"ask"}]}
        """;

    /// <summary>As much of an agent as the recipe shows: it keeps the server it is given, and asks there before it uses a tool.</summary>
    private const string Agent = """
        #!/usr/bin/python3
        import json, os, subprocess, sys
        kept = os.path.join(os.environ["HOME"], "servers.json")
        if sys.argv[1:3] == ["mcp", "add"]:
            name, dashes, command = sys.argv[3], sys.argv[4], sys.argv[5:]
            assert dashes == "--"
            json.dump({name: command}, open(kept, "w"))
            sys.exit()
        assert sys.argv[1:3] == ["-p", "--permission-prompt-tool"]
        prefix, server, tool = sys.argv[3].split("__")
        mcp = subprocess.Popen(json.load(open(kept))[server], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        def call(id, method, params):
            mcp.stdin.write(json.dumps({"method": method, "params": params, "jsonrpc": "2.0", "id": id}) + "\n")
            return json.loads(mcp.stdout.readline())["result"]
        call(0, "initialize", {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "agent", "version": "1"}})
        mcp.stdin.write('{"method":"notifications/initialized","jsonrpc":"2.0"}\n')
        assert [one["name"] for one in call(1, "tools/list", {})["tools"]] == [tool]
        result = call(2, "tools/call", {"name": tool, "arguments": {"tool_name": "Bash", "input": {"command": "rm -r build"}, "tool_use_id": "toolu_1"}})
        print(result["content"][0]["text"])
        """;

    private readonly ToolBench _bench = new(Rules);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Rules_decide_without_a_person()
    {
        var lines = string.Concat(
            Call(1, "Read", """{"file_path":"/usr/share/x"}"""), Call(2, "Write", """{"file_path":"/usr/share/x","content":"c"}"""), Call(3, "Bash", """{"command":"ls"}"""));
        _bench.Write("lines", lines);
        // The input stays open until three answers are there: its end takes back what waits.
        var answers = _bench.Run("mkfifo in out; clearance mcp <in >out & exec 8>in 9<out; cat lines >&8; head -3 <&9; exec 8>&-; wait").Expect(0).Output
            .Trim().Split('\n').Select(static line => JsonDocument.Parse(line).RootElement).ToDictionary(static line => line.GetProperty("id").GetInt32(), Text);
        Assert.Equal("""{"behavior":"allow","updatedInput":{"file_path":"/usr/share/x"}}""", answers[1]);
        Assert.Equal("""{"behavior":"deny","message":"clearance: denied by rule:no-write: read only"}""", answers[2]);
        Assert.Contains("\"deny\"", answers[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelled_or_at_the_end_of_input_the_ask_is_gone()
    {
        using var person = Operator.Subscribed(_bench.Home.OperatorSocket);
        using var mcp = Command.Start(_bench.Home.Environment, Repository.Cli, "mcp", "--wait", "1h");
        mcp.StandardInput.Write(Call(1, "Bash", """{"command":"first"}"""));
        mcp.StandardInput.Flush();
        person.Next("asked");
        mcp.StandardInput.Write("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}""" + "\n");
        mcp.StandardInput.Flush();
        Assert.Equal("withdrawn", person.Next("decided").GetProperty("data").GetProperty("outcome").GetString());
        mcp.StandardInput.Write(Call(2, "Bash", """{"command":"second"}"""));
        mcp.StandardInput.Flush();
        person.Next("asked");
        mcp.StandardInput.Close();
        Assert.Equal("withdrawn", person.Next("decided").GetProperty("data").GetProperty("outcome").GetString());
        Assert.True(mcp.WaitForExit(Until.Deadline), "clearance mcp is still running");
        Assert.Equal((0, ""), (mcp.ExitCode, mcp.StandardOutput.ReadToEnd()));
    }

    [Theory]
    [InlineData("allow", """{"behavior":"allow","updatedInput":{"command": "rm -r build"}}""")]
    [InlineData("deny", """{"behavior":"deny","message":"clearance: denied by operator"}""")]
    public void The_recipe_asks_a_person(string verdict, string text)
    {
        _bench.Write("bin/claude", Agent, isProgram: true);
        var (result, ask, claimed) = _bench.Answer(Recipe.Read("An agent's permission prompt, over MCP"), verdict, "shell.exec");
        Assert.Equal(text, result.Expect(0).Output.Trim());
        Assert.Equal("rm -r build", ask.GetProperty("details").GetProperty("command").GetString());
        Assert.Equal(_bench.Home.Root, claimed.GetProperty("project").GetString());
    }

    private static string Call(int id, string tool, string input) =>
        $$$"""{"method":"tools/call","params":{"name":"permission_prompt","arguments":{"tool_name":"{{{tool}}}","input":{{{input}}}}},"jsonrpc":"2.0","id":{{{id}}}}""" + "\n";

    private static string Text(JsonElement answer) => answer.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString()!;
}
