using System.Text;
using ClearanceDaemon.Cli.Commands;

namespace ClearanceDaemon.Cli.Mcp;

/// <summary>
/// A server of the Model Context Protocol on standard input and output with one tool, <c>permission_prompt</c>. Calls are
/// answered in the order their verdicts come; at the end of input every ask is taken back.
/// </summary>
internal sealed class McpServer(Stream input, McpOutput output, PermissionSettings settings)
{
    private const string Tool = "permission_prompt";

    /// <summary>Revisions of the protocol that this server speaks, the newest first. It answers no batches, which only 2025-03-26 has.</summary>
    private static readonly string[] Versions = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"];

    private readonly PermissionCalls _calls = new(output, settings);

    /// <summary>Serves until the end of input.</summary>
    public void Run()
    {
        var lines = new McpLines(input, McpLimits.LineBytes);
        while (lines.Next(out var line) is { } isWhole)
        {
            if (!isWhole)
            {
                output.Error(null, McpError.TooLong);
            }
            else if (!line.IsEmpty)
            {
                Take(McpMessage.Parse(line, out var error), error);
            }
        }

        _calls.CancelAll();
    }

    private void Take(McpMessage message, McpError? error)
    {
        if (error is not null)
        {
            output.Error(message.Id, error);
        }
        else if (message.Id is { } id)
        {
            Answer(id, message.Method!, message.Params.Span);
        }
        else if (message.Method == "notifications/cancelled")
        {
            _calls.Cancel(Encoding.UTF8.GetString(JsonMember.Raw(message.Params.Span, "requestId"u8)));
        }
    }

    private void Answer(string id, string method, ReadOnlySpan<byte> parameters)
    {
        switch (method)
        {
            case "initialize":
                output.Result(id, Initialize(parameters));
                break;
            case "ping":
                output.Result(id, "{}"u8);
                break;
            case "tools/list":
                output.Result(id, Tools);
                break;
            case "tools/call":
                Call(id, parameters);
                break;
            default:
                output.Error(id, McpError.NoMethod);
                break;
        }
    }

    private void Call(string id, ReadOnlySpan<byte> parameters)
    {
        if (JsonMember.Text(parameters, "name"u8) != Tool)
        {
            output.Error(id, McpError.NoTool);
        }
        else if (PermissionRequest.Parse(JsonMember.Raw(parameters, "arguments"u8)) is not { } request)
        {
            output.Text(id, PermissionAnswer.Deny("clearance: the call has no tool_name, or no input that is an object.").Written);
        }
        else
        {
            _calls.Begin(id, request);
        }
    }

    /// <summary>The revision the host wants where this server speaks it, else the newest (specification 2025-11-25, "Version Negotiation").</summary>
    private static byte[] Initialize(ReadOnlySpan<byte> parameters)
    {
        var wanted = JsonMember.Text(parameters, "protocolVersion"u8);
        var version = Array.Find(Versions, known => known == wanted) ?? Versions[0];
        return Encoding.UTF8.GetBytes(
            $$$"""{"protocolVersion":"{{{version}}}","capabilities":{"tools":{}},"serverInfo":{"name":"clearance","version":"{{{ShowVersion.Own}}}"}}""");
    }

    private static ReadOnlySpan<byte> Tools => """
        {"tools":[{"name":"permission_prompt","description":"Asks clearanced whether a tool may be used; for --permission-prompt-tool.","inputSchema":{"type":"object","properties":{"tool_name":{"type":"string"},"input":{"type":"object"},"tool_use_id":{"type":"string"}},"required":["tool_name","input"]}}]}
        """u8;
}
