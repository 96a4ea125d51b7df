namespace ClearanceDaemon.Cli.Inbox;

/// <summary>How a piece of a row looks where there are colours; without them the words alone say the same.</summary>
internal enum InboxStyle
{
    Plain,
    Strong,
    Dim,
    Good,
    Bad,
    Doubtful,

    /// <summary>Lockdown.</summary>
    Alarm,

    /// <summary>The row under the cursor.</summary>
    Selected,

    Verified,
    Observed,
    Claimed,
}
