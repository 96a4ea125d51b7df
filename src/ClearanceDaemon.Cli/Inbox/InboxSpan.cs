using ClearanceDaemon.Cli.Output;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>A piece of a row in one style.</summary>
internal readonly record struct InboxSpan(SafeText Text, InboxStyle Style);
