using System.Text;
using ClearanceDaemon.Core.External.Orders;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.HandlersMode;

/// <summary>An order whose digest is that of the request it holds: what a handler sees is all that the digest speaks for (B60).</summary>
internal sealed class OrderedRequest
{
    private const string DigestPrefix = "sha256:";

    private OrderedRequest(Order order, string digest, byte[] request)
    {
        Order = order;
        Digest = digest;
        Request = request;
    }

    public Order Order { get; }

    public string Digest { get; }

    /// <summary>The request as it goes to the handler: its bytes are what the digest was made of.</summary>
    public byte[] Request { get; }

    /// <summary>Reads the parameters of an order; null, with what is wrong, when they are not what they say.</summary>
    public static OrderedRequest? Of(Order order, out string problem)
    {
        string? digest = null;
        byte[]? request = null;
        var json = new JsonCursor(order.Params, new byte[order.Params.Length]);
        json.TryEnterObject();
        while (json.NextMember(out var name))
        {
            if (name.SequenceEqual("digest"u8) && json.TryReadString(out var text))
            {
                digest = Encoding.UTF8.GetString(text);
                continue;
            }

            var isRequest = name.SequenceEqual("request"u8);
            var value = json.SkipValue();
            request = isRequest ? value.ToArray() : request;
        }

        if (digest is null || request is null)
        {
            problem = "the order holds no request and digest; daemon and handlers process are of different versions, restart both";
            return null;
        }

        problem = "the digest is not that of the request, so the handler was not asked; if it happens again, report it";
        return DigestOf(request) == digest ? new(order, digest, request) : null;
    }

    /// <summary>The line a handler gets, its LF included.</summary>
    public byte[] Line(long id)
    {
        var line = new LineBuffer(Order.Params.Length + 96);
        line.Raw("{\"jsonrpc\":\"2.0\",\"id\":"u8);
        line.Number(id);
        line.Raw(",\"method\":"u8);
        line.String(Order.Kind.Method());
        line.Raw(",\"params\":"u8);
        line.Raw(Order.Params);
        line.Raw("}\n"u8);
        return line.Written.ToArray();
    }

    private static string DigestOf(ReadOnlySpan<byte> request)
    {
        Span<byte> hash = stackalloc byte[Sha256.HashBytes];
        Sha256.Hash(request, hash);
        return DigestPrefix + Convert.ToHexStringLower(hash);
    }
}
