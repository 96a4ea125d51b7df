using System.Text;
using ClearanceDaemon.Cli.Output;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>One row of the screen, never wider than it. It takes only text that was cleaned.</summary>
internal sealed class InboxRow(int width)
{
    private readonly List<InboxSpan> _spans = [];

    public IReadOnlyList<InboxSpan> Spans => _spans;

    /// <summary>Columns taken.</summary>
    public int Columns { get; private set; }

    /// <summary>Columns left.</summary>
    public int Room => width - Columns;

    /// <summary>Adds a text; what does not fit is cut as <see cref="FitText"/> cuts.</summary>
    public InboxRow Add(SafeText text, InboxStyle style = InboxStyle.Plain)
    {
        var columns = FitText.Columns(text.ToString());
        if (columns > Room)
        {
            text = FitText.To(text.ToString(), Room);
            columns = FitText.Columns(text.ToString());
        }

        _spans.Add(new InboxSpan(text, style));
        Columns += columns;
        return this;
    }

    public InboxRow Add(SafeTextHandler text, InboxStyle style = InboxStyle.Plain) => Add(SafeText.Of(text), style);

    /// <summary>Blanks up to a column.</summary>
    public InboxRow PadTo(int column, InboxStyle style = InboxStyle.Plain)
    {
        var blanks = Math.Min(column, width) - Columns;
        return blanks > 0 ? Add(SafeText.None.Pad(blanks), style) : this;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var span in _spans)
        {
            text.Append(span.Text.ToString());
        }

        return text.ToString();
    }
}
