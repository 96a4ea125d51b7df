using System.Text.Json;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Doctor;

/// <summary>When an audit record was made.</summary>
internal static class RecordTime
{
    /// <summary>Milliseconds since 1970; null when the record does not say.</summary>
    public static long? Of(JsonElement record) =>
        record.ValueKind == JsonValueKind.Object && record.TryGetProperty("time", out var time) && time.ValueKind == JsonValueKind.String
        && Timestamp.TryParse(time.GetString(), out var milliseconds)
            ? milliseconds
            : null;
}
