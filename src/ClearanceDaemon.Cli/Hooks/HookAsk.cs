using System.Text;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Hooks;

/// <summary>One ask about a call, as it is built up. What does not fit goes as SHA-256 and size; nothing is cut.</summary>
internal sealed class HookAsk(string action)
{
    private const string HashPrefix = "sha256:";
    private readonly LineBuffer _details = new();

    public string Action => action;

    /// <summary>At most <see cref="ProtocolLimits.ResourceBytes"/>.</summary>
    public string? Resource { get; init; }

    /// <summary>A detail with a text. One that is too long has <c>sha256:HEX</c> for its value, and its size in <c>NAME_bytes</c>: a grant is then bound to it all the same.</summary>
    public HookAsk Text(string name, ReadOnlySpan<byte> text)
    {
        var start = _details.Length;
        Name(name);
        _details.String(text);
        if (_details.Length - start > HookLimits.TextBytes)
        {
            _details.Truncate(start);
            Name(name);
            _details.String(Encoding.ASCII.GetBytes(HashPrefix + Hash(text)));
            Number(name + "_bytes", text.Length);
        }

        return this;
    }

    public HookAsk Text(string name, string text) => Text(name, Encoding.UTF8.GetBytes(text));

    /// <summary>What is told by its SHA-256 and its size alone.</summary>
    public HookAsk Content(string name, ReadOnlySpan<byte> content)
    {
        Name(name + "_sha256");
        _details.String(Encoding.ASCII.GetBytes(Hash(content)));
        return Number(name + "_bytes", content.Length);
    }

    public HookAsk Number(string name, long value)
    {
        Name(name);
        _details.Number(value);
        return this;
    }

    public HookAsk Flag(string name)
    {
        Name(name);
        _details.Raw("true"u8);
        return this;
    }

    /// <summary>The parameters of <c>clearance.ask</c>.</summary>
    public LineBuffer Write(HookFrame frame, TimeSpan wait)
    {
        var json = new LineBuffer();
        json.Raw("{\"action\":"u8);
        json.String(Encoding.ASCII.GetBytes(action));
        Member(json, "resource"u8, Resource);
        json.Raw(",\"details\":{"u8);
        json.Raw(_details.Written);
        json.Raw((byte)'}');
        Member(json, "title"u8, frame.Title);
        Member(json, "reason"u8, frame.Reason);
        Member(json, "project"u8, frame.Project);
        Member(json, "as"u8, frame.As);
        Member(json, "wait"u8, Duration.Format(wait));
        json.Raw((byte)'}');
        return json;
    }

    private static void Member(LineBuffer json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            json.Raw((byte)',');
            json.String(name);
            json.Raw((byte)':');
            json.String(Encoding.UTF8.GetBytes(value));
        }
    }

    private static string Hash(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[Sha256.HashBytes];
        Sha256.Hash(content, hash);
        return Hex.Text(hash);
    }

    private void Name(string name)
    {
        if (_details.Length > 0)
        {
            _details.Raw((byte)',');
        }

        _details.String(Encoding.UTF8.GetBytes(name));
        _details.Raw((byte)':');
    }
}
