using System.Text;
using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Handlers;

/// <summary>Which ask a wait or withdraw means: exactly one of <c>id</c>, <c>key</c> and, for withdraw, <c>request</c>.</summary>
internal readonly record struct AskNaming(RequestId? Id, string? Key, byte[]? Request, TimeSpan Wait)
{
    /// <summary>Reads the parameters; when they do not fit the request is answered and false returned.</summary>
    public static bool TryRead(RequestContext request, bool takesRequest, out AskNaming naming)
    {
        naming = new(null, null, null, AskTerms.DefaultWait);
        var parameters = request.Params;
        var json = new JsonCursor(parameters, new byte[parameters.Length]);
        var names = 0;
        if (json.TryEnterObject())
        {
            while (json.NextMember(out var name))
            {
                if (!ReadMember(ref json, name, takesRequest, ref naming, ref names))
                {
                    var member = name.Length <= ProtocolLimits.DetailNameBytes ? Encoding.UTF8.GetString(name) : null;
                    request.Fail(RpcErrorCode.InvalidParams, "this member is not known here or its value does not fit", member);
                    return false;
                }
            }
        }

        if (names != 1)
        {
            request.Fail(RpcErrorCode.InvalidParams, takesRequest ? "name the ask by one of id, key and request" : "name the ask by one of id and key");
        }

        return names == 1;
    }

    /// <summary>The ask of this caller's socket that an id or a key names.</summary>
    public PendingAsk? Find(Desk desk, Caller caller)
    {
        if (Id is { } id)
        {
            return desk.FindById(id, caller.ViaUtf8);
        }

        return Key is null ? null : desk.FindByKey(Key, caller.Via);
    }

    private static bool ReadMember(ref JsonCursor json, ReadOnlySpan<byte> name, bool takesRequest, ref AskNaming naming, ref int names)
    {
        if (name.SequenceEqual("id"u8))
        {
            names++;
            var known = json.TryReadString(out var text) & RequestId.TryParse(text, out var id);
            naming = naming with { Id = id };
            return known;
        }

        if (name.SequenceEqual("key"u8))
        {
            names++;
            var known = json.TryReadString(out var text) && text.Length is > 0 and <= ProtocolLimits.KeyBytes;
            naming = naming with { Key = Encoding.UTF8.GetString(text) };
            return known;
        }

        if (takesRequest && name.SequenceEqual("request"u8))
        {
            names++;
            var isId = json.Kind is JsonKind.String or JsonKind.Number;
            naming = naming with { Request = json.SkipValue().ToArray() };
            return isId;
        }

        if (takesRequest || !name.SequenceEqual("wait"u8) || !json.TryReadString(out var duration) || !Duration.TryParse(duration, out var wait))
        {
            return false;
        }

        naming = naming with { Wait = wait };
        return true;
    }
}
