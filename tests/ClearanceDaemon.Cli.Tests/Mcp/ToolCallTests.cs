using System.Text;
using System.Text.Json;
using ClearanceDaemon.Cli.Mcp;

namespace ClearanceDaemon.Cli.Tests.Mcp;

/// <summary>What the tools of Claude Code become as asks.</summary>
public sealed class ToolCallTests
{
    [Theory]
    [InlineData("Bash", """{"command":"ls -l | wc","description":"d"}""", "shell.exec", null, """{"tool":"Bash","command":"ls -l | wc"}""")]
    [InlineData("Read", """{"file_path":"/a/../b"}""", "file.read", "/b", """{"tool":"Read"}""")]
    [InlineData("WebFetch", """{"url":"https://example.org/a","prompt":"p"}""", "net.fetch", "example.org:443", """{"tool":"WebFetch","url":"https://example.org/a"}""")]
    [InlineData("WebFetch", """{"url":"http://u:p@[::1]:8080/"}""", "net.fetch", "[::1]:8080", """{"tool":"WebFetch","url":"http://u:p@[::1]:8080/"}""")]
    public void WhatIsShownWholeNeedsNoHash(string tool, string input, string action, string? resource, string details)
    {
        var ask = Ask(tool, input);
        Assert.Equal((action, resource), (ask.GetProperty("action").GetString(), Resource(ask)));
        Assert.Equal(details, ask.GetProperty("details").GetRawText());
    }

    [Theory]
    [InlineData("Write", """{"file_path":"/b","content":"x"}""", "file.write", "/b")]
    [InlineData("Edit", """{"file_path":"/b","old_string":"x","new_string":"y"}""", "file.edit", "/b")]
    [InlineData("NotebookEdit", """{"notebook_path":"/b.ipynb","new_source":"y"}""", "file.edit", "/b.ipynb")]
    [InlineData("mcp__github__create_issue", """{"title":"t"}""", "mcp.call", "github/create_issue")]
    [InlineData("mcp__nothing", "{}", "tool.mcp__nothing", null)]
    [InlineData("TodoWrite", "{}", "tool.todowrite", null)]
    [InlineData("Töpfe und Pfannen", "{}", "tool.other", null)]
    [InlineData("a.b", "{}", "tool.a.b", null)]
    [InlineData("Bash", """{"command":5}""", "tool.bash", null)]
    [InlineData("Write", """{"content":"x"}""", "tool.write", null)]
    [InlineData("WebFetch", """{"url":"relative"}""", "tool.webfetch", null)]
    public void TheRestHasItsHash(string tool, string input, string action, string? resource)
    {
        var ask = Ask(tool, input);
        Assert.Equal((action, resource), (ask.GetProperty("action").GetString(), Resource(ask)));
        var details = ask.GetProperty("details");
        Assert.Equal(tool, details.GetProperty("tool").GetString());
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(input))), details.GetProperty("input_sha256").GetString());
        Assert.Equal(Encoding.UTF8.GetByteCount(input), details.GetProperty("input_size").GetInt32());
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void ACommandThatFitsNoLineGoesAsItsHash(int over, bool isShown)
    {
        var command = new string('x', McpLimits.ShownBytes - 2 + over);
        var details = Ask("Bash", $$"""{"command":"{{command}}"}""").GetProperty("details");
        Assert.Equal(isShown, details.TryGetProperty("command", out _));
        Assert.Equal(!isShown, details.TryGetProperty("command_sha256", out _));
    }

    private static string? Resource(JsonElement ask) => ask.TryGetProperty("resource", out var resource) ? resource.GetString() : null;

    private static JsonElement Ask(string tool, string input) =>
        JsonDocument.Parse(Encoding.UTF8.GetString(ToolCall.Draft(tool, Encoding.UTF8.GetBytes(input)).Parameters(wait: null).Written)).RootElement;
}
