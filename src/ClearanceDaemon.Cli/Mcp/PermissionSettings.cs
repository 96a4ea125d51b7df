using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Mcp;

/// <summary>What all calls share.</summary>
/// <param name="Connect">Opens a connection for one call, which owns it.</param>
/// <param name="Terminal">For the words of an outcome; its colours are off.</param>
/// <param name="Project">The directory the host works in, an absolute path.</param>
/// <param name="Wait">How long to wait for a person.</param>
/// <param name="WaitText">The same as it was written; null for the daemon's default.</param>
internal sealed record PermissionSettings(Func<ClearanceClient> Connect, Terminal Terminal, string Project, TimeSpan Wait, string? WaitText);
