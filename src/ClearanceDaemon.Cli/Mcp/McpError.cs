namespace ClearanceDaemon.Cli.Mcp;

/// <summary>An error of JSON-RPC 2.0, section 5.1.</summary>
internal sealed record McpError(int Code, string Message)
{
    public static McpError NotJson { get; } = new(-32700, "The line is not JSON that every reader understands alike.");

    public static McpError NoRequest { get; } = new(-32600, "The line is no request: one object with jsonrpc, id, method and params.");

    public static McpError TooLong { get; } = new(-32600, $"The line is longer than {McpLimits.LineBytes} bytes.");

    public static McpError TwiceUnderWay { get; } = new(-32600, "A request with this id is under way.");

    public static McpError NoMethod { get; } = new(-32601, "There is no such method.");

    public static McpError NoTool { get; } = new(-32602, "There is no such tool; the only one is permission_prompt.");
}
