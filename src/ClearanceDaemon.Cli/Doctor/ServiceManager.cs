namespace ClearanceDaemon.Cli.Doctor;

/// <summary>Asks the user's service manager how its units are.</summary>
internal static class ServiceManager
{
    private static readonly string[] Passed = ["HOME", "PATH", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS"];

    /// <summary>How long it may take to answer.</summary>
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(10);

    /// <summary>The units in the order they are named; null where the examined daemon has none, or none can be seen.</summary>
    /// <param name="patient">Whose units.</param>
    /// <param name="units">Their names.</param>
    /// <param name="properties">What is wanted of them, besides their ids.</param>
    /// <param name="why">Why they cannot be seen; null where they can, or there are none to see.</param>
    public static List<UnitFacts>? Show(Patient patient, string[] units, string[] properties, out string? why)
    {
        why = null;
        if (patient.Places is { ByHand: true } or { Instance.Length: > 0 })
        {
            return null;
        }

        if (SearchPath.Find("systemctl", patient.Surroundings.Setting("PATH")) is not { } systemctl)
        {
            why = "there is no systemctl on PATH; whatever starts clearanced here is yours to look at";
            return null;
        }

        var environment = ChildProcess.Environment(patient.Surroundings, Passed);
        environment["LC_ALL"] = "C.UTF-8";
        var shown = ChildProcess.Run(systemctl, ["--user", "show", "--no-pager", "--property=" + string.Join(',', properties), .. units], environment, Within);
        if (shown.ExitCode != 0)
        {
            why = $"no service manager of yours answers: {shown.Error.Trim()}";
            return null;
        }

        return UnitFacts.Parse(shown.Out);
    }
}
