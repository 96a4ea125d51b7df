using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>All that an inbox wants done.</summary>
internal abstract record InboxEffect
{
    private InboxEffect()
    {
    }

    internal sealed record Decide(DecideParams Verdict) : InboxEffect;

    internal sealed record Revoke(InboxGrant Grant) : InboxEffect;

    internal sealed record SetLockdown(bool On) : InboxEffect;

    /// <summary>Throw away what was typed and not read yet.</summary>
    internal sealed record FlushKeys : InboxEffect;

    internal sealed record Redraw : InboxEffect;

    internal sealed record Suspend : InboxEffect;

    internal sealed record Quit(int ExitCode, string? Why) : InboxEffect;
}
