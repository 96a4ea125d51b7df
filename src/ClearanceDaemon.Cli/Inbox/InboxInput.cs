using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>All that can happen to an inbox.</summary>
internal abstract record InboxInput
{
    private InboxInput()
    {
    }

    internal sealed record Pressed(InboxKey Key) : InboxInput;

    internal sealed record Resized(int Width, int Height) : InboxInput;

    /// <summary>Subscribed. Not resumed: a snapshot follows.</summary>
    internal sealed record Connected(bool Resumed) : InboxInput;

    internal sealed record Away(string Why) : InboxInput;

    internal sealed record Happened(ClearanceEvent Event) : InboxInput;

    internal sealed record Decided(SafeText What, DecideResult Result) : InboxInput;

    internal sealed record NotDecided(string Id, string Why) : InboxInput;

    internal sealed record Revoked(InboxGrant Grant) : InboxInput;

    internal sealed record LockdownSet(LockdownResult Result) : InboxInput;

    /// <summary>Something else than a verdict failed.</summary>
    internal sealed record Failed(string Why) : InboxInput;

    /// <summary>The program is to end, with this exit code and, where not null, this complaint.</summary>
    internal sealed record Ending(int ExitCode, string? Why) : InboxInput;

    /// <summary>The shell wants the terminal.</summary>
    internal sealed record Suspended : InboxInput;

    /// <summary>The program was stopped, by whomever, and goes on.</summary>
    internal sealed record Continued : InboxInput;
}
