using System.Text;
using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>The audit records of asks: what was asked, by whom, and what was answered.</summary>
internal static class AskRecord
{
    [ThreadStatic]
    private static LineBuffer? _scratch;

    /// <summary>An ask and its answer, in one record.</summary>
    /// <param name="audit">Where to.</param>
    /// <param name="ask">What was asked.</param>
    /// <param name="verdict">What is answered.</param>
    /// <param name="pid">The process that asked.</param>
    /// <param name="times">How often it was asked.</param>
    /// <param name="decision">What the person decided, where one did.</param>
    public static void Write(AuditLog audit, AskMembers ask, in Verdict verdict, int? pid, int times = 1, PersonsDecision? decision = null)
    {
        var record = Begin(audit, "verdict"u8, verdict.Id, ask, pid);
        record.Text("outcome"u8, verdict.Outcome.Name()).Text("by"u8, verdict.By);
        if (times > 1)
        {
            record.Number("times"u8, times);
        }

        decision?.WriteTo(record);
        if (verdict.Reason is not null)
        {
            record.Text("because"u8, verdict.Reason);
        }

        if (verdict.Digest is not null)
        {
            record.Text("digest"u8, verdict.Digest);
        }

        record.End();
    }

    /// <summary>An ask that now waits.</summary>
    public static void WriteAsked(AuditLog audit, PendingAsk pending)
    {
        var record = Begin(audit, "asked"u8, pending.Id, pending.Ask, pending.Asker.Pid);
        record.Text("digest"u8, pending.Digest).Text("deadline"u8, Encoding.UTF8.GetBytes(Timestamp.Format(pending.Deadline.Wall.ToUnixTimeMilliseconds())));
        record.End();
    }

    /// <summary>One more process asks what already waits.</summary>
    public static void WriteJoined(AuditLog audit, PendingAsk pending, Asker asker) => Short(audit, "joined"u8, pending, asker).End();

    /// <summary>One that waited does not any more; the ask goes on.</summary>
    public static void WriteLeft(AuditLog audit, PendingAsk pending, Asker asker, VerdictOutcome outcome) =>
        Short(audit, "left"u8, pending, asker).Text("outcome"u8, outcome.Name()).End();

    /// <summary>A verdict that was not taken, because of who sent it.</summary>
    public static void WriteRefusedVerdict(AuditLog audit, PendingAsk pending, Asker decider, string why) =>
        Short(audit, "self_approval"u8, pending, decider).Text("reason"u8, Encoding.UTF8.GetBytes(why)).End();

    private static AuditRecord Short(AuditLog audit, ReadOnlySpan<byte> kind, PendingAsk pending, Asker asker)
    {
        Span<byte> digits = stackalloc byte[RequestId.Digits];
        pending.Id.Write(digits);
        var record = audit.Begin(kind).Text("id"u8, digits).Text("via"u8, pending.Ask.Via);
        if (asker.Pid is { } pid)
        {
            record.Number("pid"u8, pid);
        }

        return record;
    }

    private static AuditRecord Begin(AuditLog audit, ReadOnlySpan<byte> kind, RequestId id, AskMembers ask, int? pid)
    {
        Span<byte> digits = stackalloc byte[RequestId.Digits];
        id.Write(digits);
        var record = audit.Begin(kind).Text("id"u8, digits).Text("via"u8, ask.Via).Number("uid"u8, ask.Uid);
        if (pid is { } process)
        {
            record.Number("pid"u8, process);
        }

        record.Text("action"u8, ask.Action);
        Text(record, "resource"u8, ask, AskMember.Resource);
        Lists(record, ask);
        Text(record, "project"u8, ask, AskMember.Project);
        Text(record, "as"u8, ask, AskMember.As);
        Text(record, "title"u8, ask, AskMember.Title);
        Text(record, "reason"u8, ask, AskMember.Reason);
        return record;
    }

    private static void Text(AuditRecord record, ReadOnlySpan<byte> name, AskMembers ask, AskMember member)
    {
        if (ask.Has(member))
        {
            record.Text(name, ask[member]);
        }
    }

    private static void Lists(AuditRecord record, AskMembers ask)
    {
        var scratch = _scratch ??= new();
        if (ask.HasDetails)
        {
            scratch.Truncate(0);
            AskJson.WriteDetails(ask, scratch);
            record.Raw("details"u8, scratch.Written);
        }

        if (ask.HasArgv)
        {
            scratch.Truncate(0);
            AskJson.WriteArgv(ask, scratch);
            record.Raw("argv"u8, scratch.Written);
        }
    }
}
