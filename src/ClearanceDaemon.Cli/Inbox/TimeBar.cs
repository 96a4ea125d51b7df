using ClearanceDaemon.Cli.Output;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>An ask's time: how old it is, the part of its life that is gone, and what is left until the daemon's deadline.</summary>
internal static class TimeBar
{
    private const int Number = 4;

    /// <summary>Columns of <see cref="Add"/> for a bar of so many cells.</summary>
    public static int Columns(int cells) => Number + 1 + cells + 1 + Number;

    public static void Add(InboxRow row, InboxAsk ask, long now, int cells)
    {
        var (text, style) = Text(ask, now, cells);
        row.Add(SafeText.Of($"{Right(Short(now - ask.Asked))}["), InboxStyle.Dim).Add(text, style);
        row.Add(SafeText.Of($"]{Short(ask.Deadline - now)}").Pad(Number + 1), style);
    }

    /// <summary>Milliseconds in at most four columns.</summary>
    public static string Short(long milliseconds)
    {
        var seconds = Math.Max(0, milliseconds / 1000);
        return seconds switch
        {
            < 100 => $"{seconds}s",
            < 100 * 60 => $"{seconds / 60}m",
            < 100 * 3600 => $"{seconds / 3600}h",
            _ => $"{Math.Min(seconds / 86400, 999)}d",
        };
    }

    private static (SafeText Text, InboxStyle Style) Text(InboxAsk ask, long now, int cells)
    {
        if (ask.IsSending)
        {
            return (SafeText.Of($"{Word("sending", cells)}"), InboxStyle.Dim);
        }

        if (now >= ask.Deadline)
        {
            return (SafeText.Of($"{Word("over", cells)}"), InboxStyle.Dim);
        }

        var life = Math.Max(1, ask.Deadline - ask.Asked);
        var gone = (int)Math.Clamp((now - ask.Asked) * cells / life, 0, cells);
        var left = (ask.Deadline - now) * 100 / life;
        var style = left > 50 ? InboxStyle.Good : left > 20 ? InboxStyle.Doubtful : InboxStyle.Bad;
        return (SafeText.Of($"{new string('#', gone)}{new string('-', cells - gone)}"), style);
    }

    private static string Word(string word, int cells) => word.Length > cells ? word[..cells] : word.PadRight(cells);

    private static string Right(string text) => text.PadLeft(Number);
}
