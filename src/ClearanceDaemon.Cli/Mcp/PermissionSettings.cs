using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Mcp;

/// <summary>What all calls share.</summary>
/// <param name="ConnectAsync">Opens a connection for one call, which owns it.</param>
/// <param name="Terminal">For the words of an outcome; its colours are off.</param>
/// <param name="Project">The directory the host works in, an absolute path.</param>
/// <param name="Home">Where <c>~/</c> is.</param>
/// <param name="Wait">How long the daemon is asked to wait for a person.</param>
/// <param name="Patience">How long a call may take in all.</param>
internal sealed record PermissionSettings(
    Func<CancellationToken, Task<ClearanceClient>> ConnectAsync, Terminal Terminal, string Project, string? Home, TimeSpan Wait, TimeSpan Patience);
