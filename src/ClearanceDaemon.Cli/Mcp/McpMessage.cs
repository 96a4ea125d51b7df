using System.Text;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Mcp;

/// <summary>One JSON-RPC message of the host.</summary>
/// <param name="Id">The raw JSON of the id, a string or a number; null for a notification.</param>
/// <param name="Method">Null for what is no request: an answer, or nonsense.</param>
/// <param name="Params">The raw JSON of the params; empty where there are none.</param>
internal sealed record McpMessage(string? Id, string? Method, ReadOnlyMemory<byte> Params)
{
    /// <summary>The longest id, raw: it is held as long as its call.</summary>
    private const int IdBytes = 256;

    /// <param name="line">One line.</param>
    /// <param name="error">What is wrong with it; the id is given all the same where it can be read, so that the host need not wait.</param>
    public static McpMessage Parse(ReadOnlyMemory<byte> line, out McpError? error)
    {
        error = JsonCursor.IsValid(line.Span) ? null : McpError.NotJson;
        var json = new JsonCursor(line.Span, new byte[line.Length]);
        if (!json.TryEnterObject())
        {
            error ??= McpError.NoRequest;
            return new McpMessage(null, null, default);
        }

        string? id = null, method = null;
        ReadOnlyMemory<byte> parameters = default;
        while (json.NextMember(out var name))
        {
            if (name.SequenceEqual("method"u8) && json.TryReadString(out var text))
            {
                method = Encoding.UTF8.GetString(text);
                continue;
            }

            var isId = name.SequenceEqual("id"u8) && json.Kind is JsonKind.String or JsonKind.Number;
            var isParams = name.SequenceEqual("params"u8);
            json.SkipValue(out var value);
            id = isId && line[value].Length <= IdBytes ? Encoding.UTF8.GetString(line.Span[value]) : id;
            parameters = isParams ? line[value] : parameters;
        }

        error ??= method is null ? McpError.NoRequest : null;
        return new McpMessage(id, method, parameters);
    }
}
