using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClearanceDaemon.Protocol;

/// <summary>
/// Writes JSON values byte for byte as they were read. A record of the audit log written anew (another escape for the same
/// letter) would have another SHA-256, and its chain could not be verified by whoever got it.
/// </summary>
public sealed class RawJsonConverter : JsonConverter<JsonElement[]>
{
    /// <inheritdoc/>
    public override JsonElement[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("An array is wanted here.");
        }

        var values = new List<JsonElement>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            values.Add(JsonElement.ParseValue(ref reader));
        }

        return [.. values];
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, JsonElement[] value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var element in value)
        {
            writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(element), skipInputValidation: true);
        }

        writer.WriteEndArray();
    }
}
