using System.Text;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>Text cut to columns such that the cut is seen: the beginning, how long it is, how it ends.</summary>
internal static class FitText
{
    /// <summary>A tail shorter than this tells nothing.</summary>
    private const int LeastTail = 4;

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
        var before = SafeText.Of($"… {bytes} B, ends ");
        var tail = Math.Clamp((columns - before.Length) / 2, 0, DisplayText.TailColumns);
        if (tail >= LeastTail)
        {
            var head = DisplayText.Clean(text, columns - before.Length - tail);
            return SafeText.Of($"{head.Text}{before}{End(head.Tail, tail)}");
        }

        var mark = SafeText.Of($"…{bytes} B");
        mark = mark.Length <= columns ? mark : SafeText.Of($"…");
        return SafeText.Of($"{DisplayText.Clean(text, columns - mark.Length).Text}{mark}");
    }

    /// <summary>The last columns of a cleaned text.</summary>
    private static string End(string cleaned, int columns)
    {
        var rest = Columns(cleaned);
        foreach (var rune in cleaned.EnumerateRunes())
        {
            if (rest <= columns)
            {
                break;
            }

            rest -= DisplayText.Columns(rune);
            cleaned = cleaned[rune.Utf16SequenceLength..];
        }

        return cleaned;
    }
}
