using ClearanceDaemon.Cli.Doctor.Checks;
using ClearanceDaemon.Cli.Output;

namespace ClearanceDaemon.Cli.Doctor;

/// <summary>Runs the checks one after the other. A check that cannot look says why, and the others look all the same.</summary>
internal static class Examination
{
    /// <summary>Every check there is, from the ground up: what is broken first is often why the rest is.</summary>
    public static IReadOnlyList<ICheck> All { get; } =
    [
        new RuntimeDirectoryCheck(),
        new SocketsCheck(),
        new LockCheck(),
        new SocketDirectoriesCheck(),
        new MountsCheck(),
        new UnitsCheck(),
        new DaemonCheck(),
        new VersionsCheck(),
        new SettingsCheck(),
        new RulesCheck(),
        new HandlersCheck(),
        new HooksCheck(),
        new PeopleCheck(),
        new GrantsCheck(),
        new AuditCheck(),
        new StateCheck(),
        new ClockCheck(),
        new KernelCheck(),
    ];

    public static List<CheckResult> Of(Patient patient, IReadOnlyList<ICheck> checks) => [.. checks.Select(check => Look(patient, check))];

    private static CheckResult Look(Patient patient, ICheck check)
    {
        var findings = new Findings();
        try
        {
            check.Look(patient, findings);
        }
        catch (Exception e) when (e is not OutputException)
        {
            findings.Summary = "";
            findings.Warn("", $"the look at it broke off: {Failure.Of(e).Message}", "clearance doctor, once that is mended");
        }

        return findings.Result(check.Name);
    }
}
