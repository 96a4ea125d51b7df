using ClearanceDaemon.Cli.Commands;

namespace ClearanceDaemon.Cli.Doctor.Checks;

/// <summary>Program and daemon come from one build; a daemon that was not restarted after an update is the older one.</summary>
internal sealed class VersionsCheck : ICheck
{
    public string Name => "versions";

    public void Look(Patient patient, Findings findings)
    {
        findings.Summary = $"clearance {ShowVersion.Own}";
        if (patient.Daemon.Status is not { } status)
        {
            findings.NotLooked("clearanced", patient.Daemon.Silence);
        }
        else if (status.Version == ShowVersion.Own)
        {
            findings.Summary = $"clearance and clearanced {status.Version}";
        }
        else
        {
            findings.Warn("clearanced", $"it is {status.Version}, this program is {ShowVersion.Own}", "systemctl --user restart clearanced.service, and install the older one again");
        }
    }
}
