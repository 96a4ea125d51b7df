using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Events;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Core.Time;
using ClearanceDaemon.Core.Transport;
using Microsoft.Extensions.Logging;
using UnixPeers;

namespace ClearanceDaemon.Core.TerokShield;

/// <summary>What becomes of a line: an ask, a notice, or a count. For the reactor's thread.</summary>
internal sealed class ShieldIntake(IReportedAsks asks, AuditLog audit, EventHub hub, TurnTimers timers, ILogger log)
{
    /// <summary>What its asks carry as via, and the handler's name.</summary>
    public const string Via = "terok-shield";

    private readonly ShieldLine _line = new();
    private readonly AskMembers _ask = new();
    private readonly ShieldNotices _notices = new(audit, hub);

    public static ReadOnlySpan<byte> ViaUtf8 => "terok-shield"u8;

    public ShieldCounts Counts { get; } = new(timers, log);

    /// <summary>Takes one line of a reporter.</summary>
    public void Take(ReadOnlySpan<byte> line, PeerCredentials reporter)
    {
        Counts.Add(ShieldCounts.Lines);
        if (_line.Read(line, out var report) is { } fault)
        {
            Drop(fault, reporter.Pid);
            return;
        }

        if (report!.Dossier.Dropped > 0)
        {
            Counts.Add("dossierDropped", report.Dossier.Dropped);
        }

        if (report is ShieldReport.Pending pending)
        {
            Counts.Add("pending");
            ShieldAsk.Fill(pending, reporter.Uid, _ask);
            asks.ContainerSeen(Via, pending.Container);
            asks.Ask(_ask, reporter, pending.Container);
        }
        else
        {
            Take((ShieldReport.Notice)report, reporter);
        }
    }

    /// <summary>A reporter broke the framing; its connection ends.</summary>
    public void Take(BadFraming what)
    {
        if (what == BadFraming.LineTooLong)
        {
            Counts.Drop("tooLong", $"over {ShieldLimits.LineBytes} bytes");
        }
        else
        {
            Counts.Drop("unfinished", "not finished in time");
        }
    }

    /// <summary>Told after each commit whether the records before it were written.</summary>
    public void OnCommit(bool written) => _notices.OnCommit(written);

    private void Take(ShieldReport.Notice notice, PeerCredentials reporter)
    {
        Counts.Add("notices");
        _notices.Record(notice, reporter);
        if (notice.Kind.WhyGone() is { } why)
        {
            asks.ContainerGone(Via, notice.Container, why);
        }
        else
        {
            asks.ContainerSeen(Via, notice.Container);
        }
    }

    private void Drop(ShieldFault fault, int? pid)
    {
        switch (fault)
        {
            case ShieldFault.Unknown { Kind: var kind }:
                Counts.Unknown(kind, pid);
                break;
            case ShieldFault.BadMember { Name: var name }:
                Counts.Drop($"bad:{name}", $"'{name}' is missing or not what it should be");
                break;
            case ShieldFault.NotAnObject:
                Counts.Drop("notAnObject", "JSON, but not an object");
                break;
            case ShieldFault.Blank:
                Counts.Drop("blank", "blank");
                break;
            default:
                Counts.Drop("malformed", "not JSON that every reader takes for the same");
                break;
        }
    }
}
