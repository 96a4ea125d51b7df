namespace ClearanceDaemon.Protocol.Methods;

/// <summary>What a socket lets its peers do.</summary>
public static class SocketRole
{
    /// <summary>Ask, wait, withdraw.</summary>
    public const string Ask = "ask";

    /// <summary>That, and decide, and see rules and audit.</summary>
    public const string Operator = "operator";
}
