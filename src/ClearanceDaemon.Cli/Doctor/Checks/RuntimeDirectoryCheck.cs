namespace ClearanceDaemon.Cli.Doctor.Checks;

/// <summary>The directory that everything else is in: ours alone, in a place that only we and root can change.</summary>
internal sealed class RuntimeDirectoryCheck : ICheck
{
    public string Name => "runtime directory";

    public void Look(Patient patient, Findings findings)
    {
        var places = patient.Places;
        if (places.ByHand)
        {
            findings.Summary = "not looked at: the sockets are named by hand";
            return;
        }

        if (places.Runtime is not { } runtime)
        {
            const string LogIn = "Log in through the system's session manager, or set XDG_RUNTIME_DIR to a directory of yours with mode 0700";
            var (what, next) = places.RuntimeFault is { } fault ? Sentences.Of(fault, LogIn) : new("there is none", LogIn);
            findings.Error(places.RuntimeFault?.Path ?? "XDG_RUNTIME_DIR", what, next);
            return;
        }

        if (OperatingSystem.IsLinux() && patient.Surroundings.Setting("XDG_RUNTIME_DIR") is null)
        {
            findings.Note("XDG_RUNTIME_DIR", $"not set; {Path.GetDirectoryName(runtime)} stands in", "Log in through the system's session manager, which sets it");
        }

        if (!Path.Exists(runtime))
        {
            findings.Error(runtime, "not there: no socket unit was started since you logged in, and no daemon", "systemctl --user enable --now clearance.socket clearance-operator.socket");
            return;
        }

        findings.Summary = $"{runtime}, yours, 0700";
        PrivatePlace.Look(findings, runtime, "runtime directory");
    }
}
