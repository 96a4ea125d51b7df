using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ClearanceDaemon.Cli.Commands;

/// <summary>Reads the raw JSON of a result, where a verb prints that JSON as well.</summary>
internal static class Answer
{
    public static T Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> shape)
    {
        try
        {
            return JsonSerializer.Deserialize(json, shape) ?? throw new JsonException("it is null");
        }
        catch (JsonException e)
        {
            throw new NoAnswerException($"The daemon's answer is not of the shape this program knows: {e.Message} Are both of the same version?");
        }
    }
}
