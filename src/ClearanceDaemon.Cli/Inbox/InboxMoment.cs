namespace ClearanceDaemon.Cli.Inbox;

/// <summary>One reading of the clocks, in milliseconds.</summary>
/// <param name="Wall">Since 1970: what deadlines are compared with, after correction by the daemon's own time.</param>
/// <param name="Steady">Since the start; never set back: what keys are guarded by.</param>
internal readonly record struct InboxMoment(long Wall, long Steady);
