namespace ClearanceDaemon.Cli.Notifications;

/// <summary>What a person may press on a notice.</summary>
internal enum NoticeButtons
{
    /// <summary>Nothing: it only tells.</summary>
    None,

    /// <summary>Only a no: what is shown is not all, or not exactly, what was asked.</summary>
    Deny,

    /// <summary>Both.</summary>
    AllowOrDeny,
}
