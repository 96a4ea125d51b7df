namespace ClearanceDaemon.Protocol.Methods;

/// <summary>What a handler is.</summary>
public static class HandlerKind
{
    /// <summary>A part of the daemon.</summary>
    public const string CompiledIn = "compiled_in";

    /// <summary>A program that is started once and answers request after request.</summary>
    public const string Kept = "kept";

    /// <summary>A program that is started for each request.</summary>
    public const string Request = "request";
}
