using System.Globalization;
using ClearanceDaemon.Protocol.Methods;
using UnixPeers;

namespace ClearanceDaemon.Cli.Doctor.Checks;

/// <summary>What this kernel and its settings leave out, and what that means here.</summary>
internal sealed class KernelCheck : ICheck
{
    /// <summary>pidfs, where a pidfd has a number that is its process's alone.</summary>
    private static readonly Version Pidfs = new(6, 9);

    private static readonly string[] NamespaceSwitches = ["/proc/sys/user/max_user_namespaces", "/proc/sys/kernel/unprivileged_userns_clone"];

    public string Name => "kernel";

    public void Look(Patient patient, Findings findings)
    {
        if (!OperatingSystem.IsLinux())
        {
            findings.Summary = "not Linux: callers are known by their user, and processes are not pinned";
            return;
        }

        var version = Environment.OSVersion.Version;
        findings.Summary = $"Linux {version}";
        if (!PeerProcess.IsSupported)
        {
            findings.Note("pinning", "callers' processes cannot be pinned: rules on exe and unit never allow, and until-exit grants cannot be given", "Linux 6.5 or later");
        }
        else if (version < Pidfs)
        {
            findings.Note("pidfs", "processes have no number of their own over a restart: until-exit grants end when the daemon restarts", "Linux 6.9 or later");
        }

        LookAtProc(File.ReadAllText("/proc/self/mountinfo"), findings);
        LookAtNamespaces(findings);
        if (patient.Daemon.Status is { } status)
        {
            LookAtDescriptors(status, findings);
        }
    }

    /// <param name="mountinfo">What is mounted.</param>
    /// <param name="findings">Where to tell.</param>
    internal static void LookAtProc(string mountinfo, Findings findings)
    {
        var options = mountinfo.Split('\n').Where(static line => line.Contains(" /proc ", StringComparison.Ordinal)).SelectMany(static line => line.Split(' ', ','));
        if (options.LastOrDefault(static option => option.StartsWith("hidepid=", StringComparison.Ordinal)) is { } hides && hides is not ("hidepid=0" or "hidepid=off"))
        {
            findings.Note("/proc", $"mounted with {hides}: of processes that are not yours, and with ptraceable of some that are, nothing is observed, and rules on exe or unit do not match them");
        }
    }

    private static void LookAtNamespaces(Findings findings)
    {
        foreach (var file in NamespaceSwitches)
        {
            if (File.Exists(file) && File.ReadAllText(file).Trim() == "0")
            {
                findings.Note(file, "0: bubblewrap and rootless containers do not start for ordinary users");
            }
        }
    }

    private static void LookAtDescriptors(StatusResult status, Findings findings)
    {
        var most = status.Limits.GetValueOrDefault("maxConnections");
        var file = string.Create(CultureInfo.InvariantCulture, $"/proc/{status.Pid}/limits");
        if (File.Exists(file) && DescriptorLimit.Parse(File.ReadAllText(file)) is { } limit && DescriptorLimit.Lowers(limit, most, status.Limits.GetValueOrDefault("maxOperatorConnections")))
        {
            findings.Note("open files", string.Create(CultureInfo.InvariantCulture, $"the daemon may open {limit}, which leaves room for {most} askers' connections"), "systemctl --user edit clearanced.service, and set LimitNOFILE= higher, if that is too few");
        }
    }
}
