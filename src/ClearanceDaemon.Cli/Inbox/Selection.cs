namespace ClearanceDaemon.Cli.Inbox;

/// <summary>Which ask is under the cursor, and who put it there.</summary>
internal static class Selection
{
    /// <summary>The place among what is visible; -1 when it is not.</summary>
    public static int IndexOf(InboxState state, InboxAsk? ask)
    {
        var visible = state.Visible;
        for (var i = 0; i < visible.Count; i++)
        {
            if (visible[i] == ask)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The person moves the cursor.</summary>
    public static void Move(InboxState state, int by)
    {
        var visible = state.Visible;
        if (visible.Count > 0)
        {
            state.Selected = visible[Math.Clamp(IndexOf(state, state.Selected) + by, 0, visible.Count - 1)];
        }
    }

    /// <summary>The person changed the filter: the cursor stays where it can.</summary>
    public static void Refilter(InboxState state)
    {
        if (IndexOf(state, state.Selected) < 0)
        {
            state.Selected = state.Visible is [var first, ..] ? first : null;
        }
    }

    /// <summary>Nobody moved the cursor, but what was under it is gone, or there was nothing before.</summary>
    public static void MoveByItself(InboxTurn turn, int index)
    {
        var visible = turn.State.Visible;
        turn.State.Selected = visible.Count == 0 ? null : visible[Math.Min(index, visible.Count - 1)];
        if (turn.State.Selected is not null)
        {
            turn.Guard();
        }
    }
}
