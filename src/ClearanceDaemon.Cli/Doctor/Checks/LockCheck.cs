using System.Globalization;
using UnixPeers;

namespace ClearanceDaemon.Cli.Doctor.Checks;

/// <summary>The lock that keeps two daemons from one audit log: a file of ours, and held by the daemon that answers.</summary>
internal sealed class LockCheck : ICheck
{
    private const string Restart = "systemctl --user restart clearanced.service";

    public string Name => "lock";

    public void Look(Patient patient, Findings findings)
    {
        // Asked first: that may be what starts it.
        var status = patient.Daemon.Status;
        if (patient.Places is not { ByHand: false, Runtime: { } runtime })
        {
            findings.Summary = "not looked at: the sockets are named by hand, or there is no place for it";
            return;
        }

        var path = Path.Combine(runtime, "lock");
        if (!Path.Exists(path))
        {
            findings.Summary = "none yet";
            if (status is not null)
            {
                findings.Error(path, $"process {status.Pid} answers and has no lock, so a second daemon could start", Restart);
            }

            return;
        }

        if (!PrivatePlace.LookAtFile(findings, path))
        {
            return;
        }

        Compare(path, InstanceLock.IsHeld(path), InstanceLock.PidIn(path), patient, findings);
    }

    private static void Compare(string path, bool held, int? pid, Patient patient, Findings findings)
    {
        findings.Summary = held ? string.Create(CultureInfo.InvariantCulture, $"held by process {pid}") : "free";
        if (patient.Daemon.Status is { } status)
        {
            if (!held)
            {
                findings.Error(path, $"process {status.Pid} answers and does not hold it, so a second daemon could start", Restart);
            }
            else if (pid is not null && pid != status.Pid)
            {
                findings.Warn(path, $"process {pid} holds it, and process {status.Pid} answers", "stop the one that should not be there, then look again");
            }
        }
        else if (held && !patient.Offline)
        {
            findings.Error(path, $"process {pid} holds it and gives no answer", $"{Restart}, and see what it logged");
        }
    }
}
