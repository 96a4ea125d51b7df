namespace ClearanceDaemon.HandlersMode;

/// <summary>What ended the wait for the first connection.</summary>
internal enum DormancyEnd
{
    Connected,

    /// <summary>We were told to stop, or the daemon beside us is gone.</summary>
    Stopped,

    TimeIsUp,
}
