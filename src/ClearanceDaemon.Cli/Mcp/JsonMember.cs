using System.Text;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Mcp;

/// <summary>One member of an object, out of validated JSON.</summary>
internal static class JsonMember
{
    /// <summary>The raw JSON of the member's value; empty when there is no such member, or no object.</summary>
    public static ReadOnlySpan<byte> Raw(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name) => json[Find(json, name)];

    /// <summary>The member's text; null when there is none, or it is no string.</summary>
    public static string? Text(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        var raw = Raw(json, name);
        return new JsonCursor(raw, new byte[raw.Length]).TryReadString(out var text) ? Encoding.UTF8.GetString(text) : null;
    }

    private static Range Find(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        // Names with escapes are decoded into it; one that is longer than what is looked for is given raw, and is another.
        Span<byte> scratch = stackalloc byte[256];
        var cursor = new JsonCursor(json, scratch);
        for (var isIn = cursor.TryEnterObject(); isIn && cursor.NextMember(out var found);)
        {
            var isWanted = found.SequenceEqual(name);
            cursor.SkipValue(out var value);
            if (isWanted)
            {
                return value;
            }
        }

        return default;
    }
}
