using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace ClearanceDaemon.Core.External;

/// <summary>Cuts a text that is only shown, and says in it that it was cut.</summary>
internal static class CutText
{
    /// <summary>The text itself, or its beginning and how long it was.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="maxBytes">The most bytes of UTF-8, at least 64.</param>
    public static string ToFit(string text, int maxBytes)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes <= maxBytes)
        {
            return text;
        }

        var note = string.Create(CultureInfo.InvariantCulture, $"... (cut, it has {bytes} bytes)");
        var room = new byte[maxBytes - note.Length];
        Utf8.FromUtf16(text, room, out var fitting, out _);
        return text[..fitting] + note;
    }
}
