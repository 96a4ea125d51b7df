using ClearanceDaemon.Cli.Output;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>A grant made from this inbox, which one key takes back.</summary>
internal sealed record InboxGrant(string Id, SafeText What);
