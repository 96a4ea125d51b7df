using ClearanceDaemon.Cli.Output;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>The last two rows: what just happened or is being typed, and the keys that work now.</summary>
internal static class FooterView
{
    private static readonly string[] Browsing = ["a allow once", "A allow...", "d deny", "D deny...", "u undo", "/ filter", "? help", "q quit", "L lockdown"];

    public static void Message(InboxScreen screen, InboxState state, InboxMoment now)
    {
        var row = new InboxRow(state.Width);
        switch (state.Mode)
        {
            case InboxMode.Filtering filtering:
                Edit(screen, row, SafeText.Of($"filter: "), filtering.Editor);
                break;
            case InboxMode.Denying denying:
                Edit(screen, row, SafeText.Of($"DENY, because: "), denying.Editor);
                break;
            case InboxMode.ConfirmingLockdown confirming:
                Edit(screen, row, Confirm(confirming, state.Width), confirming.Editor);
                break;
            default:
                Say(row, state, now);
                break;
        }

        screen.Rows.Add(row);
    }

    public static void Keys(InboxScreen screen, InboxState state)
    {
        var row = new InboxRow(state.Width);
        foreach (var key in KeysOf(state.Mode))
        {
            if (row.Room < key.Length + 2)
            {
                break;
            }

            row.Add(SafeText.Of($"{key}  "), InboxStyle.Dim);
        }

        screen.Rows.Add(row);
    }

    private static string[] KeysOf(InboxMode mode) => mode switch
    {
        InboxMode.Browsing => Browsing,
        InboxMode.Helping => ["any key goes back"],
        InboxMode.Allowing => ["Enter allow", "Esc back", "left/right how long", "up/down, space bound to", "0-9 uses"],
        InboxMode.Denying => ["Enter deny", "Esc back"],
        InboxMode.Filtering => ["Enter keep", "Esc clear"],
        _ => ["Enter", "Esc back"],
    };

    private static void Say(InboxRow row, InboxState state, InboxMoment now)
    {
        if (state.Message is { } message && message.Until > now.Steady)
        {
            row.Add(message.Text, StyleOf(message.Colour));
        }
        else if (state.Shown is { Notice.Length: > 0 } ask)
        {
            row.Add(ask.Notice, InboxStyle.Bad);
        }
    }

    private static SafeText Confirm(InboxMode.ConfirmingLockdown confirming, int width)
    {
        var whole = SafeText.Of($"type {confirming.Word} to {(confirming.On ? "deny everything and revoke all grants" : "lift it")}: ");
        return whole.Length + confirming.Word.Length < width ? whole : SafeText.Of($"type {confirming.Word}: ");
    }

    /// <summary>The end of a long text stays in view, where it is being typed.</summary>
    private static void Edit(InboxScreen screen, InboxRow row, SafeText prompt, LineEditor editor)
    {
        row.Add(prompt, InboxStyle.Strong);
        var lines = WrapText.Lines(editor.TextBeforeCursor, Math.Max(2, row.Room - 1));
        row.Add(lines[^1]);
        screen.Cursor = (screen.Rows.Count, row.Columns);
        row.Add(FitText.To(editor.TextAfterCursor, Math.Max(0, row.Room)));
    }

    private static InboxStyle StyleOf(Colour? colour) => colour switch
    {
        Colour.Good => InboxStyle.Good,
        Colour.Bad => InboxStyle.Bad,
        Colour.Doubtful => InboxStyle.Doubtful,
        _ => InboxStyle.Plain,
    };
}
