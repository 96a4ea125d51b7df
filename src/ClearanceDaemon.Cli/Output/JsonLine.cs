using System.Buffers;
using System.Globalization;
using System.Text;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Output;

/// <summary>
/// Raw JSON as the wire had it, with every character a terminal could act on written as its <c>\u</c> escape: the same value,
/// harmless to look at.
/// </summary>
internal static class JsonLine
{
    public static string Harmless(ReadOnlySpan<byte> json)
    {
        var text = Encoding.UTF8.GetString(json);
        return Ascii.IsValid(json) && !json.ContainsAny(Breaks) ? text : Escape(text);
    }

    // Between tokens JSON allows line breaks and tabs; inside strings no control can stand unescaped.
    private static readonly SearchValues<byte> Breaks = SearchValues.Create("\r\n\t\u007f"u8);

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\r' or '\n' or '\t')
            {
                escaped.Append(' ');
            }
            else if (rune.Value == 0x7f || (!rune.IsAscii && DisplayText.Clean(rune.ToString()).Changed))
            {
                AppendEscaped(escaped, rune);
            }
            else
            {
                escaped.Append(rune.ToString());
            }
        }

        return escaped.ToString();
    }

    private static void AppendEscaped(StringBuilder escaped, Rune rune)
    {
        Span<char> units = stackalloc char[2];
        foreach (var unit in units[..rune.EncodeToUtf16(units)])
        {
            escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
        }
    }
}
