using System.Text;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>What one frame shows: a row for each of the terminal's, and where the cursor blinks while something is typed.</summary>
internal sealed class InboxScreen
{
    public List<InboxRow> Rows { get; } = [];

    /// <summary>Counted from zero; null: no cursor.</summary>
    public (int Row, int Column)? Cursor { get; set; }

    /// <summary>The rows as text without the blanks at their ends.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var row in Rows)
        {
            text.Append(text.Length == 0 && row == Rows[0] ? "" : "\n").Append(row.ToString().TrimEnd());
        }

        return text.ToString();
    }
}
