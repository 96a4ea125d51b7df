using ClearanceDaemon.Cli.Output;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>Turns an inbox into the rows of a screen. Pure: the same state at the same time is the same screen.</summary>
internal static class InboxView
{
    public static InboxScreen Draw(InboxState state, InboxMoment now)
    {
        var screen = new InboxScreen();
        if (state.IsTooSmall)
        {
            TooSmall(screen, state);
            return screen;
        }

        var layout = InboxLayout.Of(state);
        HeaderView.Add(screen, state);
        if (state.Mode is InboxMode.Helping)
        {
            Fill(screen, state, HelpView.Rows(state.Width, state.Height - screen.Rows.Count - 1), state.Height - screen.Rows.Count - 1);
        }
        else
        {
            Upper(screen, state, now, layout);
            TitleView.Add(screen, state, now, layout);
            Fill(screen, state, Detail(state, layout), layout.DetailRows);
            FooterView.Message(screen, state, now);
        }

        FooterView.Keys(screen, state);
        return screen;
    }

    private static void Upper(InboxScreen screen, InboxState state, InboxMoment now, InboxLayout layout)
    {
        switch (state.Mode)
        {
            case InboxMode.Allowing allowing:
                Fill(screen, state, AllowView.Rows(allowing.Menu, state.Width, layout.ListRows), layout.ListRows);
                break;
            default:
                Fill(screen, state, ListView.Rows(state, now, layout.ListRows), layout.ListRows);
                break;
        }
    }

    private static IEnumerable<InboxRow> Detail(InboxState state, InboxLayout layout)
    {
        if (state.Shown is not { } ask)
        {
            yield break;
        }

        var rows = ask.Detail(state.Width).Rows;
        for (var i = ask.FirstRow(state.Width, layout.DetailRows); i < rows.Count; i++)
        {
            yield return rows[i];
        }
    }

    private static void Fill(InboxScreen screen, InboxState state, IEnumerable<InboxRow> rows, int count)
    {
        var end = screen.Rows.Count + count;
        foreach (var row in rows)
        {
            if (screen.Rows.Count == end)
            {
                break;
            }

            screen.Rows.Add(row);
        }

        while (screen.Rows.Count < end)
        {
            screen.Rows.Add(new InboxRow(state.Width));
        }
    }

    private static void TooSmall(InboxScreen screen, InboxState state)
    {
        var why = SafeText.Of($"this terminal is {state.Width}x{state.Height}; {InboxLimits.MinWidth}x{InboxLimits.MinHeight} is needed. {state.Asks.Count} waiting.");
        var rows = new List<InboxRow>();
        foreach (var line in WrapText.Lines(why.ToString(), Math.Max(2, state.Width)))
        {
            rows.Add(new InboxRow(state.Width).Add(line));
        }

        Fill(screen, state, rows, state.Height);
    }
}
