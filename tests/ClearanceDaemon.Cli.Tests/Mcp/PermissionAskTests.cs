using System.Text.Json;

namespace ClearanceDaemon.Cli.Tests.Mcp;

/// <summary>The prompt asks what the host's hook would ask of the same call, so that one rule is for both.</summary>
public sealed class PermissionAskTests
{
    [Theory]
    [InlineData("Bash", """{"command":"ls -l | wc","description":"count"}""", """{"action":"shell.exec","details":{"tool":"Bash","command":"ls -l | wc"}}""")]
    [InlineData("Read", """{"file_path":"/a/b"}""", """{"action":"file.read","resource":"/a/b","details":{"tool":"Read"}}""")]
    [InlineData("WebFetch", """{"url":"https://example.org/a","prompt":"p"}""", """{"action":"net.fetch","resource":"example.org:443","details":{"tool":"WebFetch","url":"https://example.org/a"}}""")]
    public void ACallIsTheAskOfItsHook(string tool, string input, string expected)
    {
        var asked = "";
        using var daemon = new FakeDaemon(exchange =>
        {
            asked = exchange.Params;
            exchange.Result(Answers.Allowed);
        });
        using var mcp = new McpRun(daemon, "--project", "/work");
        mcp.Ask(1, tool, input);
        Assert.Contains("allow", McpRun.Text(mcp.Receive()), StringComparison.Ordinal);
        var ask = JsonDocument.Parse(asked).RootElement;
        Assert.Equal(("/work", "parent"), (ask.GetProperty("project").GetString(), ask.GetProperty("as").GetString()));
        foreach (var member in JsonDocument.Parse(expected).RootElement.EnumerateObject())
        {
            Assert.Equal(member.Value.GetRawText(), ask.GetProperty(member.Name).GetRawText());
        }
    }

    [Theory]
    [InlineData("Bash", """{"command":5}""")]
    [InlineData("Write", """{"content":"x"}""")]
    [InlineData("WebFetch", """{"url":"relative"}""")]
    [InlineData("apply_patch", """{"command":"*** Add File: a\n*** Add File: b"}""")]
    public void WhatCannotBeToldIsANoAndNothingIsAsked(string tool, string input)
    {
        using var daemon = FakeDaemon.Answering(Answers.Allowed);
        using var mcp = new McpRun(daemon);
        mcp.Ask(1, tool, input);
        Assert.StartsWith("clearance: ", McpRun.Denial(mcp.Receive()), StringComparison.Ordinal);
        Assert.Empty(daemon.Lines);
    }
}
