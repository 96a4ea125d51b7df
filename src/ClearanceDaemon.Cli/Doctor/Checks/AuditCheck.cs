using System.Globalization;
using System.Text;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Doctor.Checks;

/// <summary>The audit log: written, its chain whole, and its end noted elsewhere often enough that a cut would be seen.</summary>
internal sealed class AuditCheck : ICheck
{
    /// <summary>The daemon notes the end every minute in which there was a record; ten without one are a fault.</summary>
    public static readonly TimeSpan AnchorAge = TimeSpan.FromMinutes(10);

    /// <summary>A log of the largest size on a slow disk; longer than that a person waits for audit verify alone.</summary>
    private static readonly TimeSpan WalkWithin = TimeSpan.FromMinutes(2);

    public string Name => "audit log";

    public void Look(Patient patient, Findings findings)
    {
        if (patient.Daemon.Status is not { } status)
        {
            findings.NotLooked("", patient.Daemon.Silence);
            return;
        }

        var audit = status.Audit;
        findings.Summary = $"{audit.State}, {Count.Of(audit.Seq, "record")}, {Count.Of(audit.Bytes, "byte")}";
        if (audit.State != AuditState.Ok)
        {
            findings.Error(audit.File, $"cannot be written, so every ask is unavailable: {audit.Error}", "mend what it says (a full disk, a mode, a file in its place); the daemon then goes on by itself, or systemctl --user restart clearanced.service");
        }

        Verify(patient.Daemon, findings);
        LookAtAnchor(patient, audit, findings);
        if (!status.Sockets.Any(static socket => socket.Activated))
        {
            findings.Note("anchors", "the daemon was started by hand, so its anchors are in the state directory alone, where whoever changes the log can change them", "let the service manager start it: then they are in the journal too");
        }
    }

    private static void Verify(DaemonAnswers daemon, Findings findings)
    {
        AuditVerifyResult result;
        try
        {
            result = daemon.Ask(MethodNames.AuditVerify, "{}"u8, ProtocolJson.Default.AuditVerifyResult, WalkWithin);
        }
        catch (Exception e) when (e is IOException or RpcException)
        {
            findings.Warn("chain", $"not verified: {Failure.Of(e).Message}", "clearance audit verify");
            return;
        }

        foreach (var finding in result.Findings)
        {
            var place = finding.File is null ? "chain" : finding.Line is { } line ? string.Create(CultureInfo.InvariantCulture, $"{finding.File}:{line}") : finding.File;
            if (finding.Alarm)
            {
                findings.Error(place, finding.Message, "keep a copy of the log (clearance audit export), then find out who changed it");
            }
            else
            {
                findings.Note(place, finding.Message);
            }
        }

        if (!result.Ok && !result.Findings.Any(static finding => finding.Alarm))
        {
            findings.Error("chain", "the daemon says that it does not hold, and not where", "clearance audit verify");
        }
    }

    /// <summary>An old anchor is no fault of a log in which nothing happens, so what counts is the first record after it.</summary>
    private static void LookAtAnchor(Patient patient, StatusAudit audit, Findings findings)
    {
        var anchored = audit.Anchor?.Seq ?? 0;
        if (audit.Seq <= anchored)
        {
            return;
        }

        var page = patient.Daemon.Ask(
            MethodNames.AuditRead, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"after":{{anchored}},"limit":1}""")), ProtocolJson.Default.AuditReadResult);
        if (page.Records is [var first, ..] && RecordTime.Of(first) is { } time && patient.Now - time > AnchorAge.TotalMilliseconds)
        {
            findings.Warn(
                "anchors",
                string.Create(CultureInfo.InvariantCulture, $"{audit.Seq - anchored} records, the oldest of {Patient.Words(TimeSpan.FromMilliseconds(patient.Now - time))} ago, are not anchored: their loss would not be seen"),
                "journalctl --user -u clearanced.service says why; clearance status shows the state directory");
        }
    }
}
