namespace ClearanceDaemon.Cli.Inbox;

/// <summary>The keys the inbox tells apart.</summary>
internal enum InboxKeyKind
{
    Unknown,
    Character,

    /// <summary>A character out of a paste: text, never a command.</summary>
    Pasted,
    Enter,
    Escape,
    Tab,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    EraseLine,
    EraseWord,
    Redraw,
    Suspend,
    Interrupt,
}
