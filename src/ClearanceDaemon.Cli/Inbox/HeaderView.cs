using ClearanceDaemon.Cli.Output;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>The first row, and under lockdown a second that nobody can miss.</summary>
internal static class HeaderView
{
    public static void Add(InboxScreen screen, InboxState state)
    {
        var row = new InboxRow(state.Width).Add(SafeText.Of($"clearance: {state.Asks.Count} waiting"), InboxStyle.Strong);
        if (state.Filter.Length > 0)
        {
            row.Add(SafeText.Of($" ({state.Visible.Count} with \"{FitText.To(state.Filter, 12)}\")"), InboxStyle.Doubtful);
        }

        var (text, style) = Connection(state);
        row.Add(text, style);
        screen.Rows.Add(row);
        if (state.Lockdown is { On: true } lockdown)
        {
            var why = lockdown.Reason is null ? SafeText.None : SafeText.Of($": {lockdown.Reason}");
            screen.Rows.Add(new InboxRow(state.Width).Add(SafeText.Of($"!!! LOCKDOWN: everything is denied; L lifts it{why} !!!"), InboxStyle.Alarm).PadTo(state.Width, InboxStyle.Alarm));
        }
    }

    private static (SafeText Text, InboxStyle Style) Connection(InboxState state) => state.Connection switch
    {
        InboxConnection.Away => (SafeText.Of($", DAEMON AWAY, trying again: {state.AwayBecause}"), InboxStyle.Bad),
        InboxConnection.Filling => (SafeText.Of($", reading"), InboxStyle.Dim),
        _ => (SafeText.Of($", {state.Present} {(state.Present == 1 ? "operator" : "operators")}{(state.Answers ? "" : ", not counting you")}"), InboxStyle.Dim),
    };
}
