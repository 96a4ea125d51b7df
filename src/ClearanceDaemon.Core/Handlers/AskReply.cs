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
        line.Raw(Encoding.UTF8.GetBytes(Timestamp.Format(pending.Deadline.ToUnixTimeMilliseconds())));
        line.Raw("\"}"u8);
        request.EndNotification();
    }

    /// <summary>Answers when the ask is decided, or <c>timed_out</c> when this waiter's own time is up first.</summary>
    public static async Task WhenDecidedAsync(RequestContext request, PendingAsk pending, TimeSpan wait)
    {
        Verdict verdict;
        try
        {
            verdict = await pending.Verdict.WaitAsync(wait, request.Aborted);
        }
        catch (TimeoutException)
        {
            verdict = pending.IsOpen
                ? new(VerdictOutcome.TimedOut, pending.Id, pending.Rule?.By ?? "default"u8.ToArray(), null, pending.Digest)
                : await pending.Verdict;
        }
        catch (OperationCanceledException)
        {
            // The caller is gone; what is written now goes nowhere.
            verdict = new(VerdictOutcome.Withdrawn, pending.Id, "default"u8.ToArray(), null, null);
        }

        if (!request.IsAnswered)
        {
            Write(request, verdict);
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
