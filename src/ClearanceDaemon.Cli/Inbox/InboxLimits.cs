namespace ClearanceDaemon.Cli.Inbox;

/// <summary>The inbox's own limits.</summary>
internal static class InboxLimits
{
    /// <summary>
    /// Milliseconds for which deciding keys do nothing after something else came under the cursor by itself: a person who was
    /// typing decides nothing. A key pressed meanwhile starts them again.
    /// </summary>
    public const int KeyGuard = 500;

    /// <summary>Below this many columns an ask cannot be shown such that it can be judged.</summary>
    public const int MinWidth = 40;

    /// <summary>Below this many rows an ask cannot be shown such that it can be judged.</summary>
    public const int MinHeight = 10;

    /// <summary>Milliseconds a message stays.</summary>
    public const int MessageStays = 8000;

    /// <summary>Grants of this run that can be taken back with one key; older ones are for <c>grants revoke</c>.</summary>
    public const int Undos = 20;

    /// <summary>Milliseconds after which the first half of a key's sequence counts as the Escape key: over a slow line it comes in pieces.</summary>
    public const int KeyPause = 50;

    /// <summary>Milliseconds between two looks at the clock while bars are shown.</summary>
    public const int Tick = 1000;
}
