namespace ClearanceDaemon.Cli.Inbox;

/// <summary>How the rows of the terminal are shared out: header, lockdown, list or dialog, title, detail, message, keys.</summary>
/// <param name="HasAlarm">Lockdown has a row.</param>
/// <param name="ListRows">Of the list, or of a dialog in its place.</param>
/// <param name="DetailRows">Of the pane that shows the ask.</param>
internal readonly record struct InboxLayout(bool HasAlarm, int ListRows, int DetailRows)
{
    /// <summary>Header, title, message and keys.</summary>
    private const int Frame = 4;

    public static InboxLayout Of(InboxState state)
    {
        var hasAlarm = state.Lockdown is { On: true };
        var body = Math.Max(2, state.Height - Frame - (hasAlarm ? 1 : 0));
        var list = Math.Max(1, body / 3);
        return new InboxLayout(hasAlarm, list, body - list);
    }
}
