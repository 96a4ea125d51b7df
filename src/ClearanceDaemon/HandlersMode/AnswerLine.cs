using System.Text;
using ClearanceDaemon.Core.External.Orders;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.HandlersMode;

/// <summary>A line of a handler that is an answer: JSON-RPC 2.0, and JSON as strict as our own lines, since it becomes a part of one.</summary>
internal sealed record AnswerLine(long Id, byte[]? Result, HandlerError? Error)
{
    /// <summary>Reads a line; null, with what is wrong with it, when it is no answer.</summary>
    public static AnswerLine? Read(ReadOnlySpan<byte> line, out string problem)
    {
        problem = "is not strict JSON";
        if (!IsStrict(line))
        {
            return null;
        }

        var members = default(AnswerMembers);
        problem = members.Read(line) ?? "";
        return problem.Length == 0 ? new(members.Id!.Value, members.Result, members.Error) : null;
    }

    /// <summary>Whether the result says for which request it is. Text equality: the digest is ours, and canonical.</summary>
    public bool Cites(string digest)
    {
        var json = new JsonCursor(Result, new byte[Result!.Length]);
        json.TryEnterObject();
        while (json.NextMember(out var name))
        {
            if (name.SequenceEqual("digest"u8))
            {
                return json.TryReadString(out var cited) && cited.SequenceEqual(Encoding.UTF8.GetBytes(digest));
            }

            json.SkipValue();
        }

        return false;
    }

    // The one strict reader there is reads requests. As a request's parameter a line is one level deeper than its result
    // will be in our reply: what passes here is not too deep there.
    private static bool IsStrict(ReadOnlySpan<byte> line)
    {
        var request = new LineBuffer(line.Length + 64);
        request.Raw("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":{\"line\":"u8);
        request.Raw(line);
        request.Raw("}}"u8);
        if (!RpcRequestReader.TryRead(request.Written, out var read, out _))
        {
            return false;
        }

        // The line is that one value, and not one that ends early with more behind it.
        var json = new JsonCursor(read.Params, default);
        return json.TryEnterObject() && json.NextMember(out _) && json.SkipValue().Length == line.Trim(" \t\r"u8).Length && !json.NextMember(out _);
    }
}
