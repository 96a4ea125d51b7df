using System.Text;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Hooks;

/// <summary>
/// One call as a host describes it, its JSON checked and held. Claude Code and Codex name these members alike; what they mean
/// for a host is the host's to say. All of it is the agent's word.
/// </summary>
internal sealed class HookCall
{
    private readonly byte[] _json;
    private readonly byte[] _scratch;
    private Range _input;

    private HookCall(byte[] json)
    {
        _json = json;
        _scratch = new byte[json.Length];
    }

    /// <summary><c>hook_event_name</c>.</summary>
    public string Event { get; private set; } = "";

    /// <summary><c>tool_name</c>; empty where the event is about no tool.</summary>
    public string Tool { get; private set; } = "";

    /// <summary><c>cwd</c>.</summary>
    public string? Directory { get; private set; }

    /// <summary><c>session_id</c>.</summary>
    public string? Session { get; private set; }

    /// <summary><c>permission_mode</c>: how readily the host itself allows.</summary>
    public string? Mode { get; private set; }

    /// <summary><c>agent_type</c>: the subagent that calls, where it is one.</summary>
    public string? Agent { get; private set; }

    /// <summary><c>mcp_server.name</c>, where the host says it.</summary>
    public string? McpServer { get; private set; }

    /// <summary>The tool's arguments, an object, as the host wrote them; empty where there are none.</summary>
    public ReadOnlySpan<byte> Input => _json.AsSpan()[_input];

    /// <summary>A call that is told of in other ways than by a hook.</summary>
    /// <param name="tool">The tool's name.</param>
    /// <param name="input">Its arguments, a JSON object.</param>
    /// <param name="directory">Where the host works.</param>
    /// <exception cref="HookInputException">As of <see cref="Read"/>.</exception>
    public static HookCall OfTool(string tool, ReadOnlySpan<byte> input, string directory)
    {
        var json = new LineBuffer(input.Length + 256);
        json.Raw("{\"hook_event_name\":\"PermissionRequest\",\"tool_name\":"u8);
        json.String(Encoding.UTF8.GetBytes(tool));
        json.Raw(",\"cwd\":"u8);
        json.String(Encoding.UTF8.GetBytes(directory));
        json.Raw(",\"tool_input\":"u8);
        json.Raw(input);
        json.Raw((byte)'}');
        return Read(json.Written.ToArray());
    }

    /// <exception cref="HookInputException">It is not JSON that every reader understands alike, or not of a hook's shape.</exception>
    public static HookCall Read(byte[] json)
    {
        if (!JsonCursor.IsValid(json))
        {
            throw new HookInputException(
                $"the call is not one JSON object that every reader understands alike (no member twice, no half characters, no U+0000, no deeper than {ProtocolLimits.JsonDepth})");
        }

        var call = new HookCall(json);
        call.ReadMembers();
        return call.Event.Length > 0 ? call : throw new HookInputException("the call names no hook_event_name");
    }

    /// <summary>An argument of the tool that is a string. Valid until the next one is read.</summary>
    public bool TryText(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> text)
    {
        text = default;
        return TryFind(name, out var value) && value.TryReadString(out text);
    }

    /// <summary>An argument of the tool that is true.</summary>
    public bool IsTrue(ReadOnlySpan<byte> name) => TryFind(name, out var value) && value.TryReadBool(out var flag) && flag;

    /// <summary>An argument that the tool cannot do without.</summary>
    public ReadOnlySpan<byte> RequiredText(ReadOnlySpan<byte> name) => TryText(name, out var text)
        ? text
        : throw new HookInputException($"{Tool} came without its {Encoding.UTF8.GetString(name)}, or it is no string");

    private bool TryFind(ReadOnlySpan<byte> name, out JsonCursor value)
    {
        value = new JsonCursor(Input, _scratch);
        if (value.TryEnterObject())
        {
            while (value.NextMember(out var member))
            {
                if (member.SequenceEqual(name))
                {
                    return true;
                }

                value.SkipValue();
            }
        }

        return false;
    }

    private void ReadMembers()
    {
        var json = new JsonCursor(_json, _scratch);
        if (!json.TryEnterObject())
        {
            throw new HookInputException("the call is no JSON object");
        }

        while (json.NextMember(out var name))
        {
            ReadMember(ref json, name);
        }
    }

    private void ReadMember(ref JsonCursor json, ReadOnlySpan<byte> name)
    {
        switch (name)
        {
            case var n when n.SequenceEqual("hook_event_name"u8):
                Event = Text(ref json, "hook_event_name") ?? "";
                break;
            case var n when n.SequenceEqual("tool_name"u8):
                Tool = Text(ref json, "tool_name") ?? "";
                break;
            case var n when n.SequenceEqual("cwd"u8):
                Directory = Text(ref json, "cwd");
                break;
            case var n when n.SequenceEqual("session_id"u8):
                Session = Text(ref json, "session_id");
                break;
            case var n when n.SequenceEqual("permission_mode"u8):
                Mode = Text(ref json, "permission_mode");
                break;
            case var n when n.SequenceEqual("agent_type"u8):
                Agent = Text(ref json, "agent_type");
                break;
            case var n when n.SequenceEqual("tool_input"u8):
                ReadInput(ref json);
                break;
            case var n when n.SequenceEqual("mcp_server"u8):
                ReadServer(ref json);
                break;
            default:
                json.SkipValue();
                break;
        }
    }

    private void ReadInput(ref JsonCursor json)
    {
        if (json.Kind != JsonKind.Object)
        {
            throw new HookInputException("tool_input is no object");
        }

        json.SkipValue(out _input);
    }

    private void ReadServer(ref JsonCursor json)
    {
        if (!json.TryEnterObject())
        {
            throw new HookInputException("mcp_server is no object");
        }

        while (json.NextMember(out var name))
        {
            if (name.SequenceEqual("name"u8))
            {
                McpServer = Text(ref json, "mcp_server.name");
            }
            else
            {
                json.SkipValue();
            }
        }
    }

    private static string? Text(ref JsonCursor json, string member)
    {
        if (json.Kind == JsonKind.Null)
        {
            json.SkipValue();
            return null;
        }

        return json.TryReadString(out var text) ? Encoding.UTF8.GetString(text) : throw new HookInputException($"{member} is no string");
    }
}
