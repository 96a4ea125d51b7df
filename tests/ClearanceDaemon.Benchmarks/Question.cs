namespace ClearanceDaemon.Benchmarks;

/// <summary>A request line (######## becomes a number) and what its answer must contain.</summary>
internal sealed record Question(string Name, string Line, string Expected)
{
    /// <summary>What the C limit answers to anything.</summary>
    public const string LimitAnswer = "\"outcome\":\"allowed\"";

    public static readonly Question Ping = new(
        "ping",
        """{"jsonrpc":"2.0","id":########,"method":"clearance.ping","params":{}}""",
        "\"pong\":true");

    public static readonly Question Ask = new(
        "ask",
        """{"jsonrpc":"2.0","id":########,"method":"clearance.ask","params":{"action":"net.connect","resource":"api.github.com:443","details":{"proto":"tcp"},"wait":"0s"}}""",
        "\"outcome\":\"allowed\"");
}
