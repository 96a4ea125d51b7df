namespace ClearanceDaemon.Cli.Notifications;

/// <summary>How a notice ended.</summary>
internal enum NoticeAnswer
{
    /// <summary>Closed, expired, dismissed, clicked beside the buttons: the person decided nothing.</summary>
    Nothing,

    /// <summary>"Allow once" was pressed.</summary>
    AllowOnce,

    /// <summary>"Deny" was pressed.</summary>
    Deny,

    /// <summary>It was never shown, or without its buttons.</summary>
    NotShown,
}
