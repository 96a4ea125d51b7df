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
    public static void Write(AuditLog audit, AskMembers ask, in Verdict verdict, int? pid)
    {
        var record = Begin(audit, "verdict"u8, verdict.Id, ask, pid);
        record.Text("outcome"u8, verdict.Outcome.Name()).Text("by"u8, verdict.By);
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
        record.Text("digest"u8, pending.Digest).Text("deadline"u8, Encoding.UTF8.GetBytes(Timestamp.Format(pending.Deadline.ToUnixTimeMilliseconds())));
        record.End();
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
