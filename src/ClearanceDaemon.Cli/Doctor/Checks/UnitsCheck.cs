namespace ClearanceDaemon.Cli.Doctor.Checks;

/// <summary>The units as the user's service manager has them: installed, enabled, not failed, and as strict as they were shipped.</summary>
internal sealed class UnitsCheck : ICheck
{
    internal const string Service = "clearanced.service";
    private static readonly string[] Sockets = ["clearance.socket", "clearance-operator.socket"];

    internal static readonly string[] Properties =
        ["Id", "LoadState", "UnitFileState", "ActiveState", "SubState", "Result", "DropInPaths", "NeedDaemonReload", "MemoryDenyWriteExecute", "FragmentPath"];

    public string Name => "units";

    public void Look(Patient patient, Findings findings)
    {
        var units = ServiceManager.Show(patient, [.. Sockets, Service], Properties, out var why);
        if (why is not null)
        {
            findings.NotLooked("", why);
        }
        else if (units is null)
        {
            findings.Summary = "not looked at: the units are those of the default instance";
        }
        else
        {
            Judge(units, findings);
        }
    }

    internal static void Judge(List<UnitFacts> units, Findings findings)
    {
        if (!units.Exists(static unit => unit.IsFound))
        {
            findings.Note("", "none is installed, so nothing starts the daemon for its first caller", "packaging/install, or a distribution's package");
            return;
        }

        findings.Summary = string.Join(", ", units.Select(static unit => $"{unit.Id} {unit["ActiveState"]}"));
        foreach (var unit in units)
        {
            Judge(unit, findings);
        }
    }

    internal static void Judge(UnitFacts unit, Findings findings)
    {
        if (unit["LoadState"] != "loaded")
        {
            findings.Warn(unit.Id, unit.IsFound ? $"it is {unit["LoadState"]}" : "not installed, and others are", unit["LoadState"] == "masked" ? $"systemctl --user unmask {unit.Id}" : "install again");
            return;
        }

        if (unit["ActiveState"] == "failed")
        {
            findings.Error(unit.Id, $"failed: {unit["Result"]}", $"journalctl --user -u {unit.Id}, then systemctl --user restart {unit.Id}");
        }
        else if (unit.Id != Service && unit["ActiveState"] != "active")
        {
            findings.Warn(unit.Id, $"{unit["ActiveState"]}: it does not listen", $"systemctl --user enable --now {unit.Id}");
        }
        else if (unit.Id != Service && unit["UnitFileState"] is not ("enabled" or "enabled-runtime" or "linked" or "static" or "alias"))
        {
            findings.Warn(unit.Id, $"{unit["UnitFileState"]}: it is gone after the next login", $"systemctl --user enable {unit.Id}");
        }

        JudgeFiles(unit, findings);
    }

    private static void JudgeFiles(UnitFacts unit, Findings findings)
    {
        if (unit["NeedDaemonReload"] == "yes")
        {
            findings.Warn(unit.Id, "its file was changed, and the service manager has the old one", "systemctl --user daemon-reload");
        }

        if (unit["DropInPaths"].Length > 0)
        {
            findings.Note(unit.Id, $"changed by {unit["DropInPaths"]}", $"systemctl --user cat {unit.Id} shows how");
        }

        if (unit.Id == Service && unit["MemoryDenyWriteExecute"] != "yes")
        {
            findings.Warn(unit.Id, "MemoryDenyWriteExecute= is off: code that gets into the daemon could bring more", $"systemctl --user cat {unit.Id}, and take out what turns it off");
        }
    }
}
