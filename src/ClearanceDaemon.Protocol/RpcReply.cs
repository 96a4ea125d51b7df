using System.Text;

namespace ClearanceDaemon.Protocol;

/// <summary>One line that came back: an answer, an error or a notification. Strict: anything else is an <see cref="InvalidDataException"/>.</summary>
public sealed class RpcReply
{
    /// <summary>The id answered; null in a notification and in an error about the connection or an unreadable line.</summary>
    public RpcId? Id { get; private set; }

    /// <summary>The method of a notification; null in an answer.</summary>
    public string? Method { get; private set; }

    /// <summary>The error; null in an answer that is none, and in a notification.</summary>
    public RpcError? Error { get; private set; }

    /// <summary>The raw JSON of the result, or of a notification's params.</summary>
    public byte[] Body { get; private set; } = [];

    /// <summary>Reads one line without its LF.</summary>
    /// <exception cref="InvalidDataException">It is no such line.</exception>
    public static RpcReply Parse(ReadOnlySpan<byte> line)
    {
        if (!JsonCursor.IsValid(line))
        {
            throw NotAReply();
        }

        var reply = new RpcReply();
        var json = new JsonCursor(line, new byte[Math.Min(line.Length, 4096)]);
        reply.Read(ref json);
        return reply;
    }

    private static InvalidDataException NotAReply() => new("The daemon sent a line that is not an answer.");

    private void Read(ref JsonCursor json)
    {
        var hasBody = false;
        Require(json.TryEnterObject());
        while (json.NextMember(out var name))
        {
            if (name.SequenceEqual("id"u8))
            {
                Id = ReadId(ref json);
            }
            else if (name.SequenceEqual("method"u8))
            {
                Method = ReadText(ref json);
            }
            else if (name.SequenceEqual("error"u8))
            {
                Error = ReadError(ref json);
            }
            else
            {
                var isBody = name.SequenceEqual("result"u8) || name.SequenceEqual("params"u8);
                var value = json.SkipValue();
                Body = isBody ? value.ToArray() : Body;
                hasBody |= isBody;
            }
        }

        // Exactly one of: an error, an answer, a notification without an id.
        Require(Error is null ? hasBody && (Id is null) == (Method is not null) : !hasBody && Method is null);
    }

    private static RpcId? ReadId(ref JsonCursor json)
    {
        if (json.Kind == JsonKind.Null)
        {
            json.SkipValue();
            return null;
        }

        return json.TryReadInteger(out var number) ? new RpcId(number) : new RpcId(ReadText(ref json));
    }

    private static RpcError ReadError(ref JsonCursor json)
    {
        long code = 0;
        var message = "";
        var data = new RpcError(RpcErrorCode.None, "");
        Require(json.TryEnterObject());
        while (json.NextMember(out var name))
        {
            if (name.SequenceEqual("code"u8))
            {
                Require(json.TryReadInteger(out code));
            }
            else if (name.SequenceEqual("message"u8))
            {
                message = ReadText(ref json);
            }
            else if (name.SequenceEqual("data"u8) && json.Kind == JsonKind.Object)
            {
                data = ReadData(ref json);
            }
            else
            {
                json.SkipValue();
            }
        }

        Require(code != 0);
        return data with { Code = RpcErrorCodes.From(code), Message = message };
    }

    private static RpcError ReadData(ref JsonCursor json)
    {
        var data = new RpcError(RpcErrorCode.None, "");
        json.TryEnterObject();
        while (json.NextMember(out var name))
        {
            if (name.SequenceEqual("code"u8))
            {
                data = data with { Name = ReadText(ref json) };
            }
            else if (name.SequenceEqual("member"u8))
            {
                data = data with { Member = ReadText(ref json) };
            }
            else if (name.SequenceEqual("retryAfter"u8))
            {
                Require(Duration.TryParse(ReadText(ref json), out var wait));
                data = data with { RetryAfter = wait };
            }
            else
            {
                json.SkipValue();
            }
        }

        return data;
    }

    private static string ReadText(ref JsonCursor json)
    {
        Require(json.TryReadString(out var text));
        return Encoding.UTF8.GetString(text);
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw NotAReply();
        }
    }
}
