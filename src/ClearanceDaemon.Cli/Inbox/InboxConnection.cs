namespace ClearanceDaemon.Cli.Inbox;

/// <summary>How the inbox stands with the daemon.</summary>
internal enum InboxConnection
{
    /// <summary>Connected, and the first list is not complete.</summary>
    Filling,

    Connected,

    Away,
}
