using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClearanceDaemon.Protocol;

/// <summary>Reads and writes <see cref="RpcId"/> as the string or integer it is.</summary>
public sealed class RpcIdJsonConverter : JsonConverter<RpcId>
{
    /// <inheritdoc/>
    public override RpcId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => new(reader.GetString()!),
        JsonTokenType.Number when reader.TryGetInt64(out var number) => new(number),
        _ => throw new JsonException("A request id is a string or a whole number."),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, RpcId value, JsonSerializerOptions options)
    {
        if (value.Text is { } text)
        {
            writer.WriteStringValue(text);
        }
        else
        {
            writer.WriteNumberValue(value.Number);
        }
    }
}
