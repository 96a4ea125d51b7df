using ClearanceDaemon.Cli.Output;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>The row above the detail: which ask it is, how it stands, and how much of it is in view.</summary>
internal static class TitleView
{
    private const int IdDigits = 8;

    public static void Add(InboxScreen screen, InboxState state, InboxMoment now, InboxLayout layout)
    {
        var row = new InboxRow(state.Width);
        if (state.Shown is { } ask)
        {
            var id = ask.Item.Id.Length > IdDigits ? ask.Item.Id[..IdDigits] : ask.Item.Id;
            row.Add(SafeText.Of($"-- {id} "), InboxStyle.Dim);
            Standing(row, state, ask, now);
            Scrolled(row, ask, state.Width, layout.DetailRows);
        }

        screen.Rows.Add(row.Add(SafeText.Of($"{new string('-', row.Room)}"), InboxStyle.Dim));
    }

    private static void Standing(InboxRow row, InboxState state, InboxAsk ask, InboxMoment now)
    {
        if (ask.Ended.Length > 0)
        {
            row.Add(SafeText.Of($"HAS ENDED: {ask.Ended}; Esc goes back "), InboxStyle.Bad);
        }
        else if (ask.IsSending)
        {
            row.Add(SafeText.Of($"verdict on its way "), InboxStyle.Dim);
        }
        else if (state.IsExpired(ask, now))
        {
            row.Add(SafeText.Of($"OVER: takes no verdict "), InboxStyle.Bad);
        }
        else if (ask.Item.Times > 1)
        {
            row.Add(SafeText.Of($"asked {ask.Item.Times} times, {ask.Item.Waiting} waiting "), InboxStyle.Doubtful);
        }
    }

    private static void Scrolled(InboxRow row, InboxAsk ask, int width, int rows)
    {
        var all = ask.Detail(width).Rows.Count;
        var first = ask.FirstRow(width, rows);
        if (all > rows)
        {
            var unread = ask.IsRead ? "" : ", READ ON to allow";
            row.Add(SafeText.Of($"rows {first + 1}-{Math.Min(all, first + rows)} of {all}, PgDn{unread} "), ask.IsRead ? InboxStyle.Dim : InboxStyle.Doubtful);
        }
    }
}
