namespace ClearanceDaemon.Cli.Mcp;

/// <summary>The limits of <c>clearance mcp</c>.</summary>
internal static class McpLimits
{
    /// <summary>The longest line from the host, in bytes without its LF: a tool call carries whole files, and is held in memory.</summary>
    public const int LineBytes = 8 * 1024 * 1024;

    /// <summary>The most calls under way: each has a connection. One more is denied.</summary>
    public const int Calls = 32;
}
