using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Doctor.Checks;

/// <summary>Whether the daemon answers, and whether it denies or misses anything as a whole.</summary>
internal sealed class DaemonCheck : ICheck
{
    private const string SeeUnits = "systemctl --user status clearance.socket clearance-operator.socket clearanced.service";

    public string Name => "daemon";

    public void Look(Patient patient, Findings findings)
    {
        if (patient.Daemon.Status is not { } status)
        {
            Silent(patient, findings);
            return;
        }

        findings.Summary = $"process {status.Pid}, since {status.Started}";
        if (status.Lockdown is { On: true } lockdown)
        {
            findings.Error("lockdown", $"on since {lockdown.Since}, everything is denied{(lockdown.Reason is null ? "" : ": " + lockdown.Reason)}", "clearance lockdown off, once the reason is gone");
        }

        foreach (var missing in status.NotServed)
        {
            findings.Warn(missing, "configured and not served: the service manager did not hand its socket over", "write and enable a socket unit with this FileDescriptorName=, or take it out of askSockets");
        }

        foreach (var socket in status.Sockets.Where(static socket => !socket.Served))
        {
            findings.Warn(socket.Address, $"{socket.Name} is not served", SeeUnits);
        }

        if (IsDegradedForOtherReasons(status))
        {
            findings.Warn("state", $"{status.State}, and neither rules, audit log nor lockdown are why: it may be the grants on disk", "journalctl --user -u clearanced.service");
        }
    }

    private static bool IsDegradedForOtherReasons(StatusResult status) =>
        status is { Rules.State: RulesState.Ok, Audit.State: AuditState.Ok, Lockdown: not { On: true } } && status.State != HealthState.Ok;

    private static void Silent(Patient patient, Findings findings)
    {
        var daemon = patient.Daemon;
        if (patient.Offline)
        {
            findings.NotLooked("", daemon.Silence);
        }
        else if (patient.Places.Operator is { } address && daemon.Fault is { } fault)
        {
            Faulty(daemon, address.ToString(), fault, findings);
        }
        else
        {
            findings.Error("operator's socket", "there is no place for it", "mend what is said of the runtime directory");
        }
    }

    private static void Faulty(DaemonAnswers daemon, string address, Failure fault, Findings findings)
    {
        if (daemon.IsUnreachable)
        {
            findings.Error(address, "nobody answers there", $"{SeeUnits}; to start it: systemctl --user start clearance.socket clearance-operator.socket");
        }
        else if (daemon.Refusal?.Code == RpcErrorCode.Unavailable)
        {
            findings.Error(address, daemon.Refusal.Message, "mend what it says, then systemctl --user restart clearanced.service");
        }
        else
        {
            findings.Error(address, fault.Message, SeeUnits);
        }
    }
}
