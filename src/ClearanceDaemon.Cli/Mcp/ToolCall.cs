using System.Globalization;
using System.Text;
using ClearanceDaemon.Cli.Commands;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Mcp;

/// <summary>What a tool of Claude Code is about to do, as an ask: shell, files, fetching, MCP tools, anything else.</summary>
internal static class ToolCall
{
    /// <param name="tool">The tool's name, such as Bash or mcp__github__create_issue.</param>
    /// <param name="input">The raw JSON of its input, an object.</param>
    public static AskDraft Draft(string tool, ReadOnlySpan<byte> input)
    {
        var draft = tool switch
        {
            "Bash" => Shell(input),
            "Read" or "NotebookRead" => File("file.read", input),
            "Write" => File("file.write", input),
            "Edit" or "MultiEdit" or "NotebookEdit" => File("file.edit", input),
            "WebFetch" => Fetch(input),
            _ when tool.StartsWith("mcp__", StringComparison.Ordinal) => Server(tool),
            _ => null,
        };

        // Without what says what is done, it is only known by its name.
        draft ??= new AskDraft(Other(tool));
        draft.Details.Insert(0, new Detail("tool", tool));
        if (draft.Action is not ("shell.exec" or "file.read" or "net.fetch"))
        {
            AddHash(draft.Details, "input", input);
        }

        return draft;
    }

    private static AskDraft? Shell(ReadOnlySpan<byte> input)
    {
        if (JsonMember.Text(input, "command"u8) is not { } command)
        {
            return null;
        }

        var draft = new AskDraft("shell.exec");
        AddText(draft.Details, "command", command);
        return draft;
    }

    private static AskDraft? File(string action, ReadOnlySpan<byte> input) =>
        (JsonMember.Text(input, "file_path"u8) ?? JsonMember.Text(input, "notebook_path"u8)) is { Length: > 0 } path
            ? new AskDraft(action) { Resource = Path.GetFullPath(path) }
            : null;

    private static AskDraft? Fetch(ReadOnlySpan<byte> input) =>
        JsonMember.Text(input, "url"u8) is { } text && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Host.Length > 0
            ? new AskDraft("net.fetch") { Resource = $"{(url.HostNameType == UriHostNameType.IPv6 ? url.Host : url.IdnHost)}:{url.Port.ToString(CultureInfo.InvariantCulture)}", Details = [new Detail("url", text)] }
            : null;

    private static AskDraft? Server(string tool) => tool.Split("__", 3) is [_, { Length: > 0 } server, { Length: > 0 } name]
        ? new AskDraft("mcp.call") { Resource = $"{server}/{name}", Details = [new Detail("server", server)] }
        : null;

    private static string Other(string tool)
    {
        var action = "tool." + tool.ToLowerInvariant();
        return ActionName.IsValid(Encoding.UTF8.GetBytes(action)) ? action : "tool.other";
    }

    private static void AddText(List<Detail> details, string name, string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var escaped = new LineBuffer(utf8.Length);
        escaped.String(utf8);
        if (escaped.Length <= McpLimits.ShownBytes)
        {
            details.Add(new Detail(name, text));
        }
        else
        {
            AddHash(details, name, utf8);
        }
    }

    private static void AddHash(List<Detail> details, string name, ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Sha256.HashBytes];
        Sha256.Hash(bytes, hash);
        details.Add(new Detail(name + "_sha256", Hex.Text(hash)));
        details.Add(new Detail(name + "_size", (long)bytes.Length));
    }
}
