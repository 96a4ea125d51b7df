using System.Text;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Mcp;

/// <summary>Writes answers, one line each, whichever thread they come from.</summary>
internal sealed class McpOutput(Terminal terminal)
{
    private readonly Lock _lock = new();

    /// <param name="id">Raw JSON.</param>
    /// <param name="result">Raw JSON.</param>
    public void Result(string id, ReadOnlySpan<byte> result)
    {
        var line = Begin(id);
        line.Raw(",\"result\":"u8);
        line.Raw(result);
        End(line);
    }

    /// <summary>The answer to a call of a tool: one text.</summary>
    public void Text(string id, ReadOnlySpan<byte> text)
    {
        var result = new LineBuffer(text.Length + 64);
        result.Raw("{\"content\":[{\"type\":\"text\",\"text\":"u8);
        result.String(text);
        result.Raw("}]}"u8);
        Result(id, result.Written);
    }

    public void Error(string? id, McpError error)
    {
        var line = Begin(id ?? "null");
        line.Raw(",\"error\":{\"code\":"u8);
        line.Number(error.Code);
        line.Raw(",\"message\":"u8);
        line.String(Encoding.UTF8.GetBytes(error.Message));
        line.Raw((byte)'}');
        End(line);
    }

    private static LineBuffer Begin(string id)
    {
        var line = new LineBuffer();
        line.Raw("{\"jsonrpc\":\"2.0\",\"id\":"u8);
        line.Raw(Encoding.UTF8.GetBytes(id));
        return line;
    }

    private void End(LineBuffer line)
    {
        line.Raw((byte)'}');
        lock (_lock)
        {
            terminal.ExactJson(line.Written);
        }
    }
}
