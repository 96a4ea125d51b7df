namespace ClearanceDaemon.Cli.Mcp;

/// <summary>
/// The arguments of <c>permission_prompt</c>, as Claude Code calls the tool named by <c>--permission-prompt-tool</c>:
/// <c>{tool_name, input, tool_use_id?}</c>.
/// </summary>
/// <param name="Tool">The tool that is to be used.</param>
/// <param name="Input">The raw JSON of its input, an object.</param>
internal sealed record PermissionRequest(string Tool, byte[] Input)
{
    /// <summary>Reads the arguments of a tools/call; null when one is missing or of another kind.</summary>
    /// <param name="arguments">Validated JSON, or nothing.</param>
    public static PermissionRequest? Parse(ReadOnlySpan<byte> arguments)
    {
        var tool = JsonMember.Text(arguments, "tool_name"u8);
        var input = JsonMember.Raw(arguments, "input"u8);
        return tool is { Length: > 0 } && input is [(byte)'{', ..] ? new PermissionRequest(tool, input.ToArray()) : null;
    }
}
