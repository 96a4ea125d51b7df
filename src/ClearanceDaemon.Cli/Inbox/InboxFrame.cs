using System.Text;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>
/// The bytes of a frame: every row at its place, whole, in one write. All escape sequences the inbox ever sends are in this file,
/// and nothing else it sends holds one.
/// </summary>
internal static class InboxFrame
{
    /// <summary>The other screen, no line wrapping, no cursor, and pastes marked as such.</summary>
    public const string Enter = "\e[?1049h\e[?7l\e[?25l\e[?2004h\e[2J";

    /// <summary>All of that undone.</summary>
    public const string Leave = "\e[?2004l\e[0m\e[?7h\e[?25h\e[?1049l";

    public const string Clear = "\e[2J";

    public static string Of(InboxScreen screen, bool hasColours)
    {
        var frame = new StringBuilder("\e[?25l");
        for (var i = 0; i < screen.Rows.Count; i++)
        {
            At(frame, i, 0);
            foreach (var span in screen.Rows[i].Spans)
            {
                var style = hasColours ? Sequence(span.Style) : "";
                frame.Append(style).Append(span.Text.ToString()).Append(style.Length > 0 ? "\e[0m" : "");
            }

            frame.Append("\e[K");
        }

        if (screen.Cursor is { } cursor)
        {
            At(frame, cursor.Row, cursor.Column);
            frame.Append("\e[?25h");
        }

        return frame.ToString();
    }

    private static void At(StringBuilder frame, int row, int column) => frame.Append($"\e[{row + 1};{column + 1}H");

    private static string Sequence(InboxStyle style) => style switch
    {
        InboxStyle.Strong => "\e[1m",
        InboxStyle.Dim => "\e[2m",
        InboxStyle.Good => "\e[32m",
        InboxStyle.Bad => "\e[31m",
        InboxStyle.Doubtful => "\e[33m",
        InboxStyle.Alarm => "\e[1;37;41m",
        InboxStyle.Selected => "\e[7m",
        InboxStyle.Verified => "\e[1;32m",
        InboxStyle.Observed => "\e[1;33m",
        InboxStyle.Claimed => "\e[1;35m",
        _ => "",
    };
}
