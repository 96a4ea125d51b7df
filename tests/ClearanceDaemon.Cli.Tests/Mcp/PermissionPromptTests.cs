using System.Text.Json;
using ClearanceDaemon.Cli.Mcp;

namespace ClearanceDaemon.Cli.Tests.Mcp;

/// <summary>
/// The tool in the shape that Claude Code's <c>--permission-prompt-tool</c> has (Claude Code SDK documentation, "Custom permission
/// prompt tool"; anthropics/claude-code#1175): <c>{tool_name, input, tool_use_id}</c> in, one text out that is JSON,
/// <c>{"behavior":"allow","updatedInput":…}</c> or <c>{"behavior":"deny","message":…}</c>.
/// </summary>
public sealed class PermissionPromptTests
{
    private const string Allow = """{"behavior":"allow","updatedInput":""";

    [Theory]
    [InlineData("""{"command":"ls"}""")]
    [InlineData("""{ "command" : "ls \u00e9 é \/ \" \\ 😀" , "n":1.0e+2, "b":[true,null,{}]}""")]
    public void AllowedTheInputIsEchoedByteForByte(string input)
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        using var mcp = new McpRun(daemon);
        mcp.Ask(1, "Bash", input);
        Assert.Equal(Allow + input + "}", McpRun.Text(mcp.Receive()));
    }

    [Theory]
    [InlineData("""{"outcome":"denied","id":"1","by":"rule:no-rm","reason":"use trash-put"}""", "clearance: denied by rule:no-rm: use trash-put")]
    [InlineData("""{"outcome":"no_operator","id":"1"}""", "nobody answers now")]
    [InlineData("""{"outcome":"timed_out","id":"1"}""", "timed out")]
    [InlineData("""{"outcome":"abstained","id":"1"}""", "abstained")]
    [InlineData("""{"outcome":"maybe","id":"1"}""", "maybe")]
    [InlineData("""{"outcome":"allowed"}""", "not of the shape")]
    public void AnythingElseIsANoThatSaysWhy(string result, string part)
    {
        using var daemon = FakeDaemon.Answering(result);
        using var mcp = new McpRun(daemon);
        mcp.Ask(1, "Bash", """{"command":"rm -r x"}""");
        Assert.Contains(part, McpRun.Denial(mcp.Receive()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"jsonrpc\":")]
    [InlineData("hello\n")]
    public void ADaemonThatDiesIsANo(string half)
    {
        using var daemon = new FakeDaemon(exchange =>
        {
            exchange.Raw(half);
            exchange.HangUp();
        });
        using var mcp = new McpRun(daemon);
        mcp.Ask(1, "Bash", """{"command":"ls"}""");
        Assert.StartsWith("clearance: ", McpRun.Denial(mcp.Receive()), StringComparison.Ordinal);
    }

    [Fact]
    public void ADaemonThatIsAwayIsANo()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        using var mcp = new McpRun(daemon, "--ask-socket", daemon.Path + ".none");
        mcp.Ask(1, "Bash", """{"command":"ls"}""");
        Assert.Contains(daemon.Path + ".none", McpRun.Denial(mcp.Receive()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"tool_name":"Bash"}""")]
    [InlineData("""{"tool_name":"Bash","input":"ls"}""")]
    [InlineData("""{"tool_name":"","input":{}}""")]
    [InlineData("""{"tool_name":5,"input":{}}""")]
    [InlineData("""{"input":{}}""")]
    [InlineData("[]")]
    public void ACallThatSaysNotWhatForIsANo(string arguments)
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        using var mcp = new McpRun(daemon);
        mcp.Send($$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"permission_prompt","arguments":{{{arguments}}}}}""");
        Assert.Contains("tool_name", McpRun.Denial(mcp.Receive()), StringComparison.Ordinal);
        Assert.Empty(daemon.Lines);
    }

    [Fact]
    public void ProjectAndWaitAreHandedOn()
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        using var mcp = new McpRun(daemon, "--project", "/home/me/app", "--wait", "5m");
        mcp.Ask(1, "Bash", """{"command":"ls"}""");
        mcp.Receive();
        var ask = JsonDocument.Parse(daemon.Lines.Single()).RootElement.GetProperty("params");
        Assert.Equal(("/home/me/app", "5m", "parent"), (ask.GetProperty("project").GetString(), ask.GetProperty("wait").GetString(), ask.GetProperty("as").GetString()));
    }

    [Fact]
    public void CallsAreAnsweredInTheOrderTheirVerdictsCome()
    {
        using var first = new ManualResetEventSlim();
        using var daemon = new FakeDaemon(exchange =>
        {
            if (exchange.Params.Contains("first", StringComparison.Ordinal))
            {
                first.Wait(TimeSpan.FromSeconds(30));
            }

            exchange.Result(Answers.Allowed);
        });
        using var mcp = new McpRun(daemon);
        mcp.Ask(1, "Bash", """{"command":"first"}""");
        mcp.Ask(2, "Bash", """{"command":"second"}""");
        Assert.Equal(2, mcp.Receive().GetProperty("id").GetInt32());
        first.Set();
        Assert.Equal(1, mcp.Receive().GetProperty("id").GetInt32());
    }

    [Fact]
    public void ACancelledCallIsTakenBackAndNotAnswered()
    {
        using var daemon = new FakeDaemon(static _ => { });
        using var mcp = new McpRun(daemon);
        mcp.Ask(1, "Bash", """{"command":"ls"}""");
        Assert.True(daemon.Received.Wait(TimeSpan.FromSeconds(30)), "no ask came");
        mcp.Send("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1,"reason":"the user went on"}}""");
        Assert.True(daemon.Closed.Wait(TimeSpan.FromSeconds(30)), "the ask's connection is still open");
        mcp.Send("""{"jsonrpc":"2.0","id":2,"method":"ping"}""");
        Assert.Equal(2, mcp.Receive().GetProperty("id").GetInt32());
    }

    [Fact]
    public void TheEndOfInputTakesEveryAskBack()
    {
        using var daemon = new FakeDaemon(static _ => { });
        using var mcp = new McpRun(daemon);
        mcp.Ask(1, "Bash", """{"command":"ls"}""");
        Assert.True(daemon.Received.Wait(TimeSpan.FromSeconds(30)), "no ask came");
        Assert.Equal(0, mcp.End().ExitCode);
        Assert.True(daemon.Closed.Wait(TimeSpan.FromSeconds(30)), "the ask's connection is still open");
    }

    [Fact]
    public void AnIdUnderWayIsRefused()
    {
        using var daemon = new FakeDaemon(static _ => { });
        using var mcp = new McpRun(daemon);
        mcp.Ask(1, "Bash", """{"command":"ls"}""");
        mcp.Ask(1, "Bash", """{"command":"ls"}""");
        Assert.Equal(-32600, mcp.Receive().GetProperty("error").GetProperty("code").GetInt32());
    }

    [Fact]
    public void OneCallTooManyIsANo()
    {
        using var daemon = new FakeDaemon(static _ => { });
        using var mcp = new McpRun(daemon);
        for (var id = 1; id <= McpLimits.Calls; id++)
        {
            mcp.Ask(id, "Bash", """{"command":"ls"}""");
        }

        mcp.Send("""{"jsonrpc":"2.0","id":"p","method":"ping"}""");
        Assert.Equal("p", mcp.Receive().GetProperty("id").GetString());
        mcp.Ask(McpLimits.Calls + 1, "Bash", """{"command":"ls"}""");
        Assert.Contains("under way", McpRun.Denial(mcp.Receive()), StringComparison.Ordinal);
    }
}
