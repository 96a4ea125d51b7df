namespace ClearanceDaemon.Core.External.Orders;

/// <summary>What the daemon can tell the handlers process to do.</summary>
internal static class OrderMethods
{
    /// <summary>Give a handler one request: parameters are an <see cref="Order"/>, the result an <see cref="OrderReply"/>.</summary>
    public const string Run = "handlers.run";

    /// <summary>End the processes of every handler that is not named: parameters are a <see cref="KeepOrder"/>, the result is empty.</summary>
    public const string Keep = "handlers.keep";

    /// <summary>The longest line between the two, either direction, without its LF: the longest answer of a handler, twice over for a test, and what is around it.</summary>
    public const int LineBytes = 4 * 1024 * 1024;
}
