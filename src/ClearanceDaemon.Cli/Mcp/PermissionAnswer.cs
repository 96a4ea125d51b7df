using System.Text;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Mcp;

/// <summary>The two answers that Claude Code knows, as JSON.</summary>
internal static class PermissionAnswer
{
    /// <param name="input">What the tool may be used with: as it was asked, byte for byte.</param>
    public static LineBuffer Allow(ReadOnlySpan<byte> input)
    {
        var json = new LineBuffer(input.Length + 64);
        json.Raw("{\"behavior\":\"allow\",\"updatedInput\":"u8);
        json.Raw(input);
        json.Raw((byte)'}');
        return json;
    }

    public static LineBuffer Deny(string message)
    {
        var json = new LineBuffer();
        json.Raw("{\"behavior\":\"deny\",\"message\":"u8);
        json.String(Encoding.UTF8.GetBytes(message));
        json.Raw((byte)'}');
        return json;
    }
}
