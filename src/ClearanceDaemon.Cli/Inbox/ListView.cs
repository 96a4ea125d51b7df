using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>The asks, one a row: time, how often, by which socket, and last, where it can imitate none of these, what is asked.</summary>
internal static class ListView
{
    private const int WideFrom = 64;
    private const int ViaColumns = 10;
    private const int TimesColumns = 5;

    public static IEnumerable<InboxRow> Rows(InboxState state, InboxMoment now, int rows)
    {
        var visible = state.Visible;
        if (visible.Count == 0)
        {
            yield return new InboxRow(state.Width).Add(Nothing(state), InboxStyle.Dim);
            yield break;
        }

        var selected = Math.Max(0, Selection.IndexOf(state, state.Selected));
        var first = Math.Clamp(selected - (rows / 2), 0, Math.Max(0, visible.Count - rows));
        for (var i = first; i < Math.Min(first + rows, visible.Count); i++)
        {
            yield return Row(state, visible[i], now);
        }
    }

    private static SafeText Nothing(InboxState state) => state.Asks.Count > 0
        ? SafeText.Of($"  {state.Asks.Count} wait, none has \"{state.Filter}\"; Esc clears the filter")
        : state.Connection == InboxConnection.Connected ? SafeText.Of($"  nothing waits") : SafeText.None;

    private static InboxRow Row(InboxState state, InboxAsk ask, InboxMoment now)
    {
        var isSelected = ask == state.Selected;
        var isWide = state.Width >= WideFrom;
        var item = ask.Item;
        var row = new InboxRow(state.Width);
        row.Add(SafeText.Of($"{(isSelected ? ">" : " ")}"), InboxStyle.Strong);
        TimeBar.Add(row, ask, state.DaemonTime(now), isWide ? 8 : 4);
        if (isWide)
        {
            var column = row.Columns;
            row.Add(item.Times > 1 ? SafeText.Of($"×{item.Times}") : SafeText.None, InboxStyle.Doubtful).PadTo(column + TimesColumns);
            row.Add(FitText.To(item.Verified.Via, ViaColumns - 1)).PadTo(column + TimesColumns + ViaColumns);
        }

        row.Add(SafeText.Of($"{Flag(ask)} "), InboxStyle.Bad);
        var style = isSelected ? InboxStyle.Selected : state.IsExpired(ask, now) ? InboxStyle.Dim : InboxStyle.Plain;
        return row.Add(SafeText.Of($"{item.Ask.Action}"), style).Add(Resource(item, row.Room), style);
    }

    private static SafeText Resource(PendingItem item, int room) =>
        item.Ask.Resource is { } resource ? SafeText.Of($" {FitText.To(resource, room - 1)}") : SafeText.None;

    /// <summary>A verdict was refused or could not be carried out, a text is not shown as it is, or a grant almost fits.</summary>
    private static string Flag(InboxAsk ask)
    {
        if (ask.Notice.Length > 0 || ask.Item.Failed is not null)
        {
            return "!";
        }

        var asked = ask.Item.Ask;
        var isCleaned = DisplayText.Clean(asked.Action).Changed || DisplayText.Clean(asked.Resource ?? "").Changed;
        return isCleaned ? "~" : ask.Item.Changed is { Length: > 0 } ? "*" : " ";
    }
}
