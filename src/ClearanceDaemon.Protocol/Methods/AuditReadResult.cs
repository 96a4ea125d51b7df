using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Answer to <c>audit.read</c>.</summary>
public sealed record AuditReadResult
{
    /// <summary>The records, byte for byte as they stand in the log.</summary>
    [JsonConverter(typeof(RawJsonConverter))]
    public required JsonElement[] Records { get; init; }

    /// <summary>The <c>after</c> (with <c>newest</c>: <c>before</c>) of the next page; absent on the last.</summary>
    public long? Next { get; init; }
}
