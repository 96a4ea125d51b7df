using System.Text;

namespace ClearanceDaemon.Cli.Hooks;

/// <summary>
/// Which asks a call is. A shell's command is asked as the text it is: no shell is parsed here, and nothing is taken out of a
/// command that a shell would not have taken out of it.
/// </summary>
internal static class ToolAsks
{
    private const string McpPrefix = "mcp__";
    private const string McpSeparator = "__";

    /// <param name="call">The call, which is about a tool.</param>
    /// <param name="home">Where <c>~/</c> is.</param>
    /// <returns>At least one; all must be allowed.</returns>
    /// <exception cref="HookInputException">What the tool is to do cannot be told.</exception>
    public static List<HookAsk> Of(HookCall call, string? home)
    {
        if (Encoding.UTF8.GetByteCount(call.Tool) > HookLimits.ToolNameBytes || call.Tool.Length == 0)
        {
            throw new HookInputException("the tool has no name, or one that is too long");
        }

        return call.Tool switch
        {
            "Bash" or "PowerShell" => [Shell(call)],
            "Read" or "NotebookRead" => [File(call, home, "file.read")],
            "Write" => [File(call, home, "file.write").Content("content", call.RequiredText("content"u8))],
            "Edit" or "MultiEdit" or "NotebookEdit" => [Arguments(call, File(call, home, "file.edit"))],
            "apply_patch" => PatchAsks.Of(call),
            "WebFetch" => [Fetch(call)],
            "WebSearch" => [Arguments(call, Tool(call, "net.fetch").Text("query", call.RequiredText("query"u8)))],
            _ when call.Tool.StartsWith(McpPrefix, StringComparison.Ordinal) => [Mcp(call)],
            _ => [Other(call, home)],
        };
    }

    private static HookAsk Tool(HookCall call, string action, string? resource = null) => new HookAsk(action) { Resource = resource }.Text("tool", call.Tool);

    private static HookAsk Arguments(HookCall call, HookAsk ask) => ask.Content("arguments", call.Input);

    private static HookAsk Shell(HookCall call)
    {
        var ask = Tool(call, "shell.exec").Text("command", call.RequiredText("command"u8));
        if (call.IsTrue("run_in_background"u8))
        {
            ask.Flag("background");
        }

        // What was allowed inside the host's sandbox was not allowed outside of it.
        return call.IsTrue("dangerouslyDisableSandbox"u8) ? ask.Flag("unsandboxed") : ask;
    }

    private static HookAsk File(HookCall call, string? home, string action)
    {
        var isNotebook = call.Tool.StartsWith("Notebook", StringComparison.Ordinal);
        var path = Encoding.UTF8.GetString(call.RequiredText(isNotebook ? "notebook_path"u8 : "file_path"u8));
        return Tool(call, action, LexicalPath.Absolute(path, call.Directory, home));
    }

    private static HookAsk Fetch(HookCall call)
    {
        var url = Encoding.UTF8.GetString(call.RequiredText("url"u8));
        return Tool(call, "net.fetch", FetchTarget.Of(url)).Text("url", url);
    }

    private static HookAsk Mcp(HookCall call)
    {
        var ask = new HookAsk("mcp.call").Text("name", call.Tool);
        var (server, tool) = SplitMcp(call);
        if (server is not null)
        {
            ask.Text("server", server).Text("tool", tool!);
        }

        return Arguments(call, ask);
    }

    // A server or tool with two underscores in its name could be read both ways; then only the whole name is told, which no
    // rule about a server takes for its own.
    private static (string? Server, string? Tool) SplitMcp(HookCall call)
    {
        var name = call.Tool[McpPrefix.Length..];
        if (call.McpServer is { } told && name.StartsWith(told + McpSeparator, StringComparison.Ordinal))
        {
            return (told, name[(told.Length + McpSeparator.Length)..]);
        }

        var parts = name.Split(McpSeparator);
        return parts is [{ Length: > 0 } server, { Length: > 0 } tool] && !name.Contains("___", StringComparison.Ordinal) ? (server, tool) : (null, null);
    }

    private static HookAsk Other(HookCall call, string? home)
    {
        var path = call.TryText("path"u8, out var text) && text.Length > 0 ? Encoding.UTF8.GetString(text)
            : call.Tool is "Glob" or "Grep" or "LS" ? call.Directory
            : null;
        return Arguments(call, Tool(call, ToolName.ActionOf(call.Tool), path is null ? null : LexicalPath.Absolute(path, call.Directory, home)));
    }
}
