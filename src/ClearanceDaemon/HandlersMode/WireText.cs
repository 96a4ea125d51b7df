using System.Text;

namespace ClearanceDaemon.HandlersMode;

/// <summary>Bytes of a program as a text that fits a JSON line: what is no UTF-8, and NUL, which our lines never hold, become U+FFFD.</summary>
internal static class WireText
{
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        // A character that was cut at the start is no news.
        while (bytes is [>= 0x80 and < 0xc0, ..])
        {
            bytes = bytes[1..];
        }

        return Encoding.UTF8.GetString(bytes).Replace('\0', '\ufffd');
    }
}
