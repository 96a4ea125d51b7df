namespace ClearanceDaemon.Cli.Inbox;

/// <summary>What keys mean at the moment, and to which ask they belong.</summary>
internal abstract record InboxMode
{
    private InboxMode()
    {
    }

    /// <summary>The ask a dialog was opened for; it stays on screen when another is selected, or when it ends.</summary>
    public virtual InboxAsk? Target => null;

    internal sealed record Browsing : InboxMode;

    internal sealed record Helping : InboxMode;

    internal sealed record Filtering(LineEditor Editor) : InboxMode;

    /// <summary>Lockdown is switched by typing <paramref name="Word"/>.</summary>
    internal sealed record ConfirmingLockdown(LineEditor Editor, bool On, string Word) : InboxMode;

    internal sealed record Denying(InboxAsk Ask, LineEditor Editor) : InboxMode
    {
        public override InboxAsk Target => Ask;
    }

    internal sealed record Allowing(AllowMenu Menu) : InboxMode
    {
        public override InboxAsk Target => Menu.Ask;
    }
}
