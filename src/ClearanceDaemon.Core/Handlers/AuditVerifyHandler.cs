using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Handlers;

/// <summary><c>audit.verify</c>: walks the whole log beside its writer, off the reactor's thread.</summary>
internal sealed class AuditVerifyHandler(AuditLog audit, AuditOptions options)
    : RequestHandler<NoParams, AuditVerifyResult>(
        MethodNames.AuditVerify, CallerRoles.Operator, ProtocolJson.Default.NoParams, ProtocolJson.Default.AuditVerifyResult)
{
    protected override async ValueTask<Answer<AuditVerifyResult>> HandleAsync(NoParams parameters, Caller caller, CancellationToken aborted)
    {
        // Before the walk: an anchor newer than what the walk sees would look like a tail that was cut.
        var anchor = audit.Status.Anchor;
        try
        {
            return Describe(await Task.Run(() => AuditVerify.Run(options.Directory, anchor, aborted), aborted), anchor);
        }
        catch (AuditException e)
        {
            return new AuditVerifyResult
            {
                Ok = false,
                Records = 0,
                Files = 0,
                First = 0,
                Last = 0,
                Head = "",
                Findings = [new() { Alarm = true, Message = e.Message }],
            };
        }
    }

    private static AuditVerifyResult Describe(AuditVerdict verdict, Audit.AuditAnchor? anchor) => new()
    {
        Ok = verdict.State == AuditVerdictState.Intact,
        Records = verdict.Records,
        Files = verdict.Files,
        First = verdict.FirstSeq ?? 0,
        Last = verdict.LastSeq ?? 0,
        Head = verdict.Head,
        Anchor = anchor is not null && verdict.Anchored
            ? new() { Seq = anchor.Seq, Sha256 = anchor.Sha256, Time = Timestamp.Format(anchor.Time.ToUnixTimeMilliseconds()) }
            : null,
        Findings = [.. Findings(verdict, anchor).Take(ProtocolLimits.PageItems)],
    };

    private static IEnumerable<AuditFinding> Findings(AuditVerdict verdict, Audit.AuditAnchor? anchor)
    {
        if (verdict.Break is { } broken)
        {
            yield return new() { Alarm = true, Message = broken.What, File = broken.File, Line = (int)Math.Min(broken.Line, int.MaxValue) };
        }

        foreach (var seq in verdict.Alarms)
        {
            yield return new() { Alarm = true, Message = $"record {seq} says that something was lost; see: clearance audit show --after {seq - 1}" };
        }

        if (verdict.TornBytes > 0)
        {
            yield return new() { Alarm = false, Message = $"the last {verdict.TornBytes} bytes are no whole record: a write that was cut short, or is being made now" };
        }

        if (anchor is null)
        {
            yield return new() { Alarm = false, Message = "there is no anchor to compare with, so a cut tail would go unseen" };
        }
    }
}
