using System.Globalization;

namespace ClearanceDaemon.Cli.Doctor.Checks;

/// <summary>The directory of grants and audit log: ours alone, and with room for the log to grow to its limit.</summary>
internal sealed class StateCheck : ICheck
{
    private const long DefaultAuditMaxBytes = 1L << 30;

    public string Name => "state";

    public void Look(Patient patient, Findings findings)
    {
        if (patient.State is not { } state)
        {
            findings.NotLooked("", "HOME is not set to an absolute path");
            return;
        }

        findings.Summary = state;
        if (!Directory.Exists(state))
        {
            findings.Summary = $"none yet at {state}";
            return;
        }

        if (!PrivatePlace.Look(findings, state, "state directory"))
        {
            return;
        }

        var log = Path.Combine(state, "audit");
        if (Directory.Exists(log) && PrivatePlace.Look(findings, log, "audit directory"))
        {
            foreach (var file in Directory.EnumerateFiles(log, "*.jsonl").Order(StringComparer.Ordinal))
            {
                PrivatePlace.LookAtFile(findings, file);
            }
        }

        LookAtRoom(patient, state, findings);
    }

    private static void LookAtRoom(Patient patient, string state, Findings findings)
    {
        var status = patient.Daemon.Status;
        var most = status?.Limits.GetValueOrDefault("auditMaxBytes") is > 0 and var set ? set : DefaultAuditMaxBytes;
        var free = new DriveInfo(state).AvailableFreeSpace;
        var wanted = most - (status?.Audit.Bytes ?? 0);
        if (free < wanted)
        {
            findings.Warn(
                state,
                string.Create(CultureInfo.InvariantCulture, $"{free >> 20} MiB are free and the audit log may grow by {wanted >> 20} MiB; when it can't, every ask is unavailable"),
                "make room, or set auditMaxBytes in clearanced.json to less");
        }
    }
}
