namespace ClearanceDaemon.Cli.Notifications;

/// <summary>How much desktop notifications may take, of the screen and of a person's attention.</summary>
internal static class NoticeLimits
{
    /// <summary>Asks shown at a time: a flood of them must not bury the desktop. The rest are counted in one more notice.</summary>
    public const int OpenAsks = 5;

    /// <summary>Columns of one value: servers fold long lines, and what scrolls out of sight must not be allowed unseen.</summary>
    public const int ValueColumns = 120;

    /// <summary>Lines of a body: servers cut what is longer without saying so.</summary>
    public const int BodyLines = 12;

    /// <summary>Columns of the summary: servers show one line of it.</summary>
    public const int SummaryColumns = 60;

    /// <summary>The least time between two counts of the asks that are not shown: a flood must not become a flood of processes.</summary>
    public static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(1);

    /// <summary>The longest time a notice is given, 20 days: the servers' milliseconds have 31 bits.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(20);
}
