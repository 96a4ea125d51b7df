using ClearanceDaemon.Cli.Output;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>A line that tells what just happened, until the steady clock passes <paramref name="Until"/>.</summary>
internal sealed record InboxMessage(SafeText Text, Colour? Colour, long Until);
