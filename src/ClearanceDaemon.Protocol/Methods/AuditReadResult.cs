using System.Text.Json;

namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Answer to <c>audit.read</c>.</summary>
public sealed record AuditReadResult
{
    /// <summary>The records as they stand in the log.</summary>
    public required JsonElement[] Records { get; init; }

    /// <summary>The <c>after</c> (with <c>newest</c>: <c>before</c>) of the next page; absent on the last.</summary>
    public long? Next { get; init; }
}
