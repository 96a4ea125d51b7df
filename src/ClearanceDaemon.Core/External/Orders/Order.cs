using System.Text;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.External.Orders;

/// <summary>
/// One request for a handler, as the daemon sends it to the handlers process. How long it may take, and what else limits
/// it, is in the manifest that both have read.
/// </summary>
/// <param name="Handler">The handler's name.</param>
/// <param name="Manifest">SHA-256 of the manifest that the daemon means, hex; empty for what is compiled in.</param>
/// <param name="Kind">What it is asked for.</param>
/// <param name="Params">What it is sent, raw JSON: <c>request</c> (canonical), <c>digest</c>, <c>peer</c>, for an effect <c>verdict</c>, for a test <c>test</c>.</param>
/// <param name="IsTest">The reply tells both lines.</param>
internal sealed record Order(string Handler, string Manifest, OrderKind Kind, byte[] Params, bool IsTest = false)
{
    public void Write(LineBuffer json)
    {
        json.Raw("{\"handler\":"u8);
        json.String(Encoding.UTF8.GetBytes(Handler));
        json.Raw(",\"manifest\":"u8);
        json.String(Encoding.UTF8.GetBytes(Manifest));
        json.Raw(",\"kind\":"u8);
        json.String(Kind.Name());
        json.Raw(IsTest ? ",\"test\":true,\"params\":"u8 : ",\"params\":"u8);
        json.Raw(Params);
        json.Raw((byte)'}');
    }

    /// <summary>Reads what <see cref="Write"/> wrote; null when it is something else.</summary>
    public static Order? Read(ReadOnlySpan<byte> json)
    {
        var (handler, manifest, isTest) = ((string?)null, (string?)null, false);
        OrderKind? kind = null;
        byte[]? parameters = null;
        var cursor = new JsonCursor(json, new byte[json.Length]);
        if (!cursor.TryEnterObject())
        {
            return null;
        }

        while (cursor.NextMember(out var name))
        {
            var isKnown =
                name.SequenceEqual("handler"u8) ? Text(ref cursor, ref handler)
                : name.SequenceEqual("manifest"u8) ? Text(ref cursor, ref manifest)
                : name.SequenceEqual("test"u8) ? cursor.TryReadBool(out isTest)
                : name.SequenceEqual("kind"u8) ? cursor.TryReadString(out var text) && (kind = OrderKinds.Read(text)) is not null
                : name.SequenceEqual("params"u8) && cursor.Kind == JsonKind.Object && (parameters = cursor.SkipValue().ToArray()) is not null;
            if (!isKnown)
            {
                return null;
            }
        }

        return handler is null || manifest is null || kind is null || parameters is null ? null : new(handler, manifest, kind.Value, parameters, isTest);
    }

    private static bool Text(ref JsonCursor cursor, ref string? value)
    {
        if (!cursor.TryReadString(out var text))
        {
            return false;
        }

        value = Encoding.UTF8.GetString(text);
        return true;
    }
}
