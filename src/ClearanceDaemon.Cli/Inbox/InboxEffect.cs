using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>All that an inbox wants done.</summary>
internal abstract record InboxEffect
{
    private InboxEffect()
    {
    }

    /// <param name="Verdict">Whole.</param>
    /// <param name="What">The ask in a few words, for whoever tells what came of it.</param>
    internal sealed record Decide(DecideParams Verdict, SafeText What) : InboxEffect;

    internal sealed record Revoke(InboxGrant Grant) : InboxEffect;

    internal sealed record SetLockdown(bool On) : InboxEffect;

    /// <summary>Throw away what was typed and not read yet.</summary>
    internal sealed record FlushKeys : InboxEffect;

    internal sealed record Redraw : InboxEffect;

    internal sealed record Suspend : InboxEffect;

    /// <summary>Set the terminal's modes again.</summary>
    internal sealed record Resume : InboxEffect;

    internal sealed record Quit(int ExitCode, string? Why) : InboxEffect;
}
