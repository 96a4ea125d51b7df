namespace ClearanceDaemon.Cli.Hooks.Install;

/// <summary>A hook of ours in a host's settings.</summary>
/// <param name="Event">The event it is registered for.</param>
/// <param name="Entry">Its command.</param>
/// <param name="Timeout">The host's timeout in seconds; null where there is none, or it is no number.</param>
internal sealed record FoundHook(string Event, HookEntry Entry, long? Timeout);
