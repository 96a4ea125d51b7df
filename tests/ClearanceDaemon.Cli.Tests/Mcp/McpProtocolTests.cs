using ClearanceDaemon.Cli.Mcp;
using ClearanceDaemon.Cli.Tests.Processes;

namespace ClearanceDaemon.Cli.Tests.Mcp;

/// <summary>
/// The server as the Model Context Protocol has it (specification, revision 2025-11-25: lifecycle, stdio transport, ping, tools),
/// in raw lines.
/// </summary>
public sealed class McpProtocolTests : IDisposable
{
    private readonly FakeDaemon _daemon = FakeDaemon.Answering(Answers.Allowed);

    public void Dispose() => _daemon.Dispose();

    [Theory]
    [InlineData("2025-11-25", "2025-11-25")]
    [InlineData("2025-06-18", "2025-06-18")]
    [InlineData("2024-11-05", "2024-11-05")]
    [InlineData("2031-01-01", "2025-11-25")]
    [InlineData("", "2025-11-25")]
    public void TheRevisionIsAgreedOn(string wanted, string agreed)
    {
        using var mcp = new McpRun(_daemon);
        mcp.Send($$$"""{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"{{{wanted}}}","capabilities":{"roots":{}},"clientInfo":{"name":"t","version":"1"} } }""");
        var result = mcp.Receive().GetProperty("result");
        Assert.Equal(agreed, result.GetProperty("protocolVersion").GetString());
        Assert.Equal("clearance", result.GetProperty("serverInfo").GetProperty("name").GetString());
        Assert.True(result.GetProperty("capabilities").TryGetProperty("tools", out _));
    }

    [Fact]
    public void NotificationsAreNotAnswered()
    {
        using var mcp = new McpRun(_daemon);
        mcp.Send("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        mcp.Send("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":99,"reason":"unknown"}}""");
        mcp.Send("""{"jsonrpc":"2.0","method":"notifications/cancelled"}""");
        mcp.Send("""{"jsonrpc":"2.0","method":"notifications/of/the/future","params":{}}""");
        mcp.Send("");
        mcp.Send("""{"jsonrpc":"2.0","id":"p","method":"ping"}""");
        Assert.Equal("""{"jsonrpc":"2.0","id":"p","result":{}}""", mcp.Receive().GetRawText());
    }

    [Fact]
    public void ThereIsOneToolAndItsSchemaIsWhatTheHostSends()
    {
        using var mcp = new McpRun(_daemon);
        mcp.Send("""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}""");
        var tool = Assert.Single(mcp.Receive().GetProperty("result").GetProperty("tools").EnumerateArray());
        Assert.Equal("permission_prompt", tool.GetProperty("name").GetString());
        var schema = tool.GetProperty("inputSchema");
        Assert.Equal("object", schema.GetProperty("type").GetString());
        Assert.Equal("""["tool_name","input"]""", schema.GetProperty("required").GetRawText());
    }

    [Theory]
    [InlineData("nonsense", -32700, "null")]
    [InlineData("{\"id\":7,\"method\":\"ping\",\"method\":\"ping\"}", -32700, "7")]
    [InlineData("{\"id\":\"a\\u0000\",\"method\":\"ping\"}", -32700, "\"a\\u0000\"")]
    [InlineData("[{\"id\":7,\"method\":\"ping\"}]", -32600, "null")]
    [InlineData("7", -32600, "null")]
    [InlineData("{}", -32600, "null")]
    [InlineData("{\"id\":7}", -32600, "7")]
    [InlineData("{\"id\":7,\"method\":5}", -32600, "7")]
    [InlineData("{\"id\":8,\"method\":\"resources/list\"}", -32601, "8")]
    [InlineData("{\"id\":9,\"method\":\"tools/call\"}", -32602, "9")]
    [InlineData("{\"id\":9,\"method\":\"tools/call\",\"params\":{\"name\":\"other\"}}", -32602, "9")]
    [InlineData("{\"id\":9,\"method\":\"tools/call\",\"params\":[\"permission_prompt\"]}", -32602, "9")]
    public void ABadLineIsAnsweredAndTheNextOneServed(string line, int code, string id)
    {
        using var mcp = new McpRun(_daemon);
        mcp.Send(line);
        var answer = mcp.Receive();
        Assert.Equal((code, id), (answer.GetProperty("error").GetProperty("code").GetInt32(), answer.GetProperty("id").GetRawText()));
        mcp.Send("""{"jsonrpc":"2.0","id":1,"method":"ping"}""");
        Assert.Equal(1, mcp.Receive().GetProperty("id").GetInt32());
        Assert.Empty(_daemon.Lines);
    }

    [Fact]
    public void ALineAtTheLimitIsReadAndALongerOnePassedOver()
    {
        const string Before = """{"jsonrpc":"2.0","id":2,"method":"ping","params":{"x":""";
        using var mcp = new McpRun(_daemon);
        mcp.Send(Before + "\"" + new string('x', McpLimits.LineBytes - Before.Length - 4) + "\"}}");
        Assert.Equal(2, mcp.Receive().GetProperty("id").GetInt32());
        mcp.Send(Before + "\"" + new string('x', McpLimits.LineBytes - Before.Length - 3) + "\"}}");
        Assert.Equal(-32600, mcp.Receive().GetProperty("error").GetProperty("code").GetInt32());
        mcp.Send("""{"jsonrpc":"2.0","id":3,"method":"ping"}""");
        Assert.Equal(3, mcp.Receive().GetProperty("id").GetInt32());
    }

    [Fact]
    public void ALineWithoutEndIsNoLine()
    {
        using var mcp = RealProcess.Start(RealProcess.Program, ["mcp"], ("CLEARANCE_ASK_SOCKET", _daemon.Path));
        mcp.StandardInput.Write("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\r\n{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}");
        Assert.Equal(new Outcome(0, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n", ""), RealProcess.Finish(mcp));
    }

    [Fact]
    public void AHostThatIsGoneEndsIt()
    {
        using var mcp = RealProcess.Start("/bin/sh", ["-c", "\"$0\" mcp | true", RealProcess.Program], ("CLEARANCE_ASK_SOCKET", _daemon.Path));
        mcp.StandardInput.Write("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n");
        Assert.Equal("", RealProcess.Finish(mcp).Out);
    }
}
