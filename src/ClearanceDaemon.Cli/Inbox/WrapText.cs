using System.Text;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>Text laid out over as many lines as it needs; nothing is left out, and nothing moved to break between words.</summary>
internal static class WrapText
{
    /// <param name="text">Any text; it is cleaned.</param>
    /// <param name="columns">Of each line, at least two.</param>
    /// <returns>At least one line.</returns>
    public static List<SafeText> Lines(string text, int columns)
    {
        var lines = new List<SafeText>();
        var line = new StringBuilder();
        var used = 0;
        foreach (var rune in DisplayText.Clean(text).Text.EnumerateRunes())
        {
            var width = DisplayText.Columns(rune);
            if (used + width > columns)
            {
                lines.Add(SafeText.Of($"{line.ToString()}"));
                line.Clear();
                used = 0;
            }

            line.Append(rune.ToString());
            used += width;
        }

        lines.Add(SafeText.Of($"{line.ToString()}"));
        return lines;
    }
}
