using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Doctor.Checks;

/// <summary>The clocks that grants and records are timed by: one that goes on while the machine sleeps, and one that was not set back.</summary>
internal sealed class ClockCheck : ICheck
{
    /// <summary>A record made while we look has a time a little after the moment we began.</summary>
    private const long SlackMilliseconds = 2000;

    public string Name => "clock";

    public void Look(Patient patient, Findings findings)
    {
        // The first number is CLOCK_BOOTTIME (proc_uptime(5), fs/proc/uptime.c); the boot id tells one boot from another.
        if (OperatingSystem.IsLinux() && !(File.Exists("/proc/uptime") && File.Exists("/proc/sys/kernel/random/boot_id")))
        {
            findings.Warn("/proc", "neither boot clock nor boot id are to be seen, so timed grants end with the daemon", "mount /proc with uptime and sys/kernel/random/boot_id");
        }

        findings.Summary = $"it is {Timestamp.Format(patient.Now)}";
        if (patient.Daemon.Status is null)
        {
            findings.NotLooked("the last record's time", patient.Daemon.Silence);
            return;
        }

        var page = patient.Daemon.Ask(MethodNames.AuditRead, """{"limit":1,"newest":true}"""u8, ProtocolJson.Default.AuditReadResult);
        if (page.Records is [var last, ..] && RecordTime.Of(last) is { } time && time - patient.Now > SlackMilliseconds)
        {
            findings.Warn(
                "wall clock",
                $"it is {Patient.Words(TimeSpan.FromMilliseconds(time - patient.Now))} behind the last audit record: it was set back, or was wrong before",
                "timedatectl, and see that it is synchronized");
        }
    }
}
