using System.Text;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>Text cut to columns such that the cut is seen: the beginning, how long it is, how it ends.</summary>
internal static class FitText
{
    /// <summary>Columns of a cleaned text.</summary>
    public static int Columns(string cleaned)
    {
        var columns = 0;
        foreach (var rune in cleaned.EnumerateRunes())
        {
            columns += DisplayText.Columns(rune);
        }

        return columns;
    }

    /// <param name="text">Any text; it is cleaned.</param>
    /// <param name="columns">The most the result takes.</param>
    public static SafeText To(string text, int columns)
    {
        if (columns <= 0)
        {
            return SafeText.None;
        }

        var clean = DisplayText.Clean(text, columns);
        if (!clean.Cut)
        {
            return SafeText.Of($"{clean.Text}");
        }

        var bytes = Encoding.UTF8.GetByteCount(text);
        var mark = SafeText.Of($"… {bytes} B, ends {clean.Tail}");
        if (Columns(mark.ToString()) > columns)
        {
            mark = SafeText.Of($"…{bytes} B");
        }

        if (Columns(mark.ToString()) > columns)
        {
            mark = SafeText.Of($"…");
        }

        return SafeText.Of($"{DisplayText.Clean(text, columns - Columns(mark.ToString())).Text}{mark}");
    }
}
