using System.Text;
using ClearanceDaemon.Core.External.Orders;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.HandlersMode;

/// <summary>The members of an answer as they are found in a line of strict JSON.</summary>
internal struct AnswerMembers
{
    private bool _isJsonRpc;

    public long? Id { get; private set; }

    public byte[]? Result { get; private set; }

    public HandlerError? Error { get; private set; }

    /// <summary>Reads them all; null, or what is wrong.</summary>
    public string? Read(ReadOnlySpan<byte> line)
    {
        var json = new JsonCursor(line, new byte[line.Length]);
        if (!json.TryEnterObject())
        {
            return "is not a JSON object";
        }

        while (json.NextMember(out var name))
        {
            if (Take(name, ref json) is { } problem)
            {
                return problem;
            }
        }

        return !_isJsonRpc ? "has no \"jsonrpc\":\"2.0\""
            : Id is null ? "has no id"
            : (Result is null) == (Error is null) ? "has not exactly one of result and error"
            : null;
    }

    private string? Take(ReadOnlySpan<byte> name, ref JsonCursor json)
    {
        if (name.SequenceEqual("jsonrpc"u8))
        {
            _isJsonRpc = json.TryReadString(out var version) && version.SequenceEqual("2.0"u8);
            return _isJsonRpc ? null : "is not JSON-RPC 2.0";
        }

        if (name.SequenceEqual("id"u8))
        {
            var isNumber = json.TryReadInteger(out var id);
            Id = id;
            return isNumber ? null : "has an id that is not the request's";
        }

        if (name.SequenceEqual("result"u8))
        {
            var isObject = json.Kind == JsonKind.Object;
            Result = json.SkipValue().ToArray();
            return isObject ? null : "has a result that is not an object";
        }

        return name.SequenceEqual("error"u8) ? TakeError(ref json) : "has a member that no answer has";
    }

    private string? TakeError(ref JsonCursor json)
    {
        const string Problem = "has an error that is not {\"code\":N,\"message\":\"…\"}";
        long? code = null;
        string? message = null;
        if (!json.TryEnterObject())
        {
            return Problem;
        }

        while (json.NextMember(out var name))
        {
            if (name.SequenceEqual("code"u8) && json.TryReadInteger(out var number))
            {
                code = number;
            }
            else if (name.SequenceEqual("message"u8) && json.TryReadString(out var text))
            {
                message = Encoding.UTF8.GetString(text);
            }
            else
            {
                json.SkipValue();
            }
        }

        if (code is not (>= int.MinValue and <= int.MaxValue) || message is null)
        {
            return Problem;
        }

        Error = new((int)code.Value, message);
        return null;
    }
}
