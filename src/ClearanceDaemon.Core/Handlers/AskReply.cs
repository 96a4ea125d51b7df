using System.Text;
using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Handlers;

/// <summary>Writes what askers are told.</summary>
internal static class AskReply
{
    /// <summary>The result of an ask or a wait.</summary>
    public static void Write(RequestContext request, in Verdict verdict)
    {
        Span<byte> id = stackalloc byte[RequestId.Digits];
        verdict.Id.Write(id);
        var line = request.BeginResult();
        line.Raw("{\"outcome\":\""u8);
        line.Raw(verdict.Outcome.Name());
        line.Raw("\",\"id\":\""u8);
        line.Raw(id);
        line.Raw("\",\"by\":"u8);
        line.String(verdict.By);
        Text(line, ",\"reason\":"u8, verdict.Reason);
        Text(line, ",\"digest\":"u8, verdict.Digest);
        if (verdict.Expires is { } expires)
        {
            line.Raw(",\"expires\":\""u8);
            line.Raw(Encoding.UTF8.GetBytes(Timestamp.Format(expires.ToUnixTimeMilliseconds())));
            line.Raw((byte)'"');
        }

        if (verdict.Changed is { } changed)
        {
            line.Raw(",\"changed\":"u8);
            AskJson.WriteNames(changed, line);
        }

        line.Raw((byte)'}');
        request.EndResult();
    }

    /// <summary>Tells the asker that its ask waits.</summary>
    public static void NotifyAsked(RequestContext request, PendingAsk pending)
    {
        Span<byte> id = stackalloc byte[RequestId.Digits];
        pending.Id.Write(id);
        var line = request.BeginNotification("clearance.asked"u8);
        line.Raw("{\"request\":"u8);
        line.Raw(request.Id);
        line.Raw(",\"id\":\""u8);
        line.Raw(id);
        line.Raw("\",\"digest\":"u8);
        line.String(pending.Digest);
        line.Raw(",\"deadline\":\""u8);
        line.Raw(Encoding.UTF8.GetBytes(Timestamp.Format(pending.Deadline.Wall.ToUnixTimeMilliseconds())));
        line.Raw("\"}"u8);
        request.EndNotification();
    }

    /// <summary>Answers with the verdict of a waiting ask, or <c>unavailable</c> when it could not be put on record.</summary>
    public static void WriteRecorded(RequestContext request, Verdict? verdict)
    {
        if (request.IsAnswered)
        {
            return;
        }

        if (verdict is { } known)
        {
            Write(request, known);
        }
        else
        {
            request.Fail(RpcErrorCode.Unavailable, "the verdict could not be put on record, so there is none; see: clearance status");
        }
    }

    private static void Text(LineBuffer line, ReadOnlySpan<byte> name, byte[]? text)
    {
        if (text is not null)
        {
            line.Raw(name);
            line.String(text);
        }
    }
}
