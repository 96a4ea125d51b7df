using System.Text.Json;

namespace ClearanceDaemon.Protocol;

/// <summary>One line from the daemon: an answer, an error or a notification. Anything else is <see cref="InvalidDataException"/>.</summary>
internal sealed class RpcReply
{
    /// <summary>The id answered; null in a notification and in an error about an unreadable request.</summary>
    public RpcId? Id { get; private init; }

    public string? Method { get; private init; }

    public RpcError? Error { get; private init; }

    /// <summary>The raw JSON of the result, or of a notification's params.</summary>
    public byte[] Body { get; private init; } = [];

    public static RpcReply Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = ProtocolLimits.JsonDepth });
            var root = document.RootElement;
            return new RpcReply
            {
                Id = root.TryGetProperty("id"u8, out var id) && id.ValueKind != JsonValueKind.Null ? ReadId(id) : null,
                Method = root.TryGetProperty("method"u8, out var method) ? method.GetString() : null,
                Error = root.TryGetProperty("error"u8, out var error) ? ReadError(error) : null,
                Body = root.TryGetProperty("result"u8, out var body) || root.TryGetProperty("params"u8, out body)
                    ? System.Text.Encoding.UTF8.GetBytes(body.GetRawText()) : [],
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException("The daemon sent a line that is not an answer.", e);
        }
    }

    private static RpcId ReadId(JsonElement id) => id.ValueKind == JsonValueKind.String ? new(id.GetString()!) : new(id.GetInt64());

    private static RpcError ReadError(JsonElement error)
    {
        _ = RpcErrorCodes.TryParse(error.GetProperty("code"u8).GetInt32(), out var code);
        var message = error.GetProperty("message"u8).GetString() ?? "";
        if (!error.TryGetProperty("data"u8, out var data) || data.ValueKind != JsonValueKind.Object)
        {
            return new RpcError(code, message);
        }

        return new RpcError(code, message)
        {
            Name = data.TryGetProperty("code"u8, out var name) ? name.GetString() : null,
            Member = data.TryGetProperty("member"u8, out var member) ? member.GetString() : null,
            RetryAfter = data.TryGetProperty("retryAfter"u8, out var retry) && Duration.TryParse(retry.GetString() ?? "", out var wait) ? wait : null,
        };
    }
}
