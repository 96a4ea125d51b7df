using ClearanceDaemon.Cli.Commands;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Doctor.Checks;

/// <summary>The rules as the daemon has them, and their files as the daemon's own reader sees them now: errors, warnings, tests, files that are not read.</summary>
internal sealed class RulesCheck : ICheck
{
    private const string Admin = "/etc/clearance/rules.d";
    private const string Reload = "mend it; the daemon reads it again by itself, clearance rules reload says what came of it";

    private static readonly string[] Passed = ["HOME", "PATH", "DOTNET_ROOT"];

    /// <summary>How long the largest set that the daemon takes may be read for, on a slow disk.</summary>
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    public string Name => "rules";

    public void Look(Patient patient, Findings findings)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        var rules = patient.Daemon.Status?.Rules;
        if (rules is null)
        {
            findings.NotLooked("rules in force", patient.Daemon.Silence);
        }
        else
        {
            InForce(rules, told, findings);
        }

        string[] paths = Paths(patient, rules);
        if (paths.Length == 0)
        {
            findings.Summary = findings.Summary.Length > 0 ? findings.Summary : "no directory of rules: every ask goes to a person";
        }
        else if (DaemonBinary.Find(Environment.ProcessPath, patient.Surroundings.Setting("PATH")) is { } daemon)
        {
            Files(patient, daemon, paths, told, findings);
        }
        else
        {
            findings.NotLooked("files of rules", $"{DaemonBinary.Name} is neither beside this program nor on PATH");
        }
    }

    private static void InForce(StatusRules rules, HashSet<string> told, Findings findings)
    {
        findings.Summary = $"{rules.State}, {rules.Count} in force";
        foreach (var problem in rules.Problems)
        {
            var place = $"{problem.File}:{problem.Line}:{problem.Column}";
            told.Add(place);
            findings.Error(place, problem.Message, Reload);
        }

        if (rules is { State: not RulesState.Ok, Problems: [] })
        {
            findings.Error("rules", rules.State == RulesState.Bad ? "no good set was ever read: every ask is unavailable" : "a file is bad; the last good set is in force", "clearance rules reload");
        }

        Skipped(rules.Files, told, findings);
    }

    /// <summary>A file that is not read is told of once, and not when it is known what is wrong in it; a directory that is not there is none.</summary>
    private static void Skipped(RuleFile[] files, HashSet<string> told, Findings findings)
    {
        foreach (var file in files)
        {
            if (!file.Used && !IsNoDirectory(file.Path) && !told.Any(place => place.StartsWith(file.Path + ":", StringComparison.Ordinal)) && told.Add(file.Path))
            {
                findings.Warn(file.Path, $"not read: {file.Why}", "rename it, mend it or move it out of the directory");
            }
        }
    }

    /// <summary>One of the usual directories need not be there; a link that leads nowhere is one all the same.</summary>
    private static bool IsNoDirectory(string path) => Path.GetFileName(path) == "rules.d" && !Path.Exists(path) && new FileInfo(path).LinkTarget is null;

    /// <summary>The usual directories. A daemon that was given others says so by its files; then those it used are checked.</summary>
    private static string[] Paths(Patient patient, StatusRules? rules)
    {
        string[] usual = patient.Places.Config is { } config ? [Path.Combine(config, "rules.d"), Admin] : [Admin];
        return rules is not null && (patient.Places.ByHand || rules.Files.Any(file => !usual.Contains(Path.GetDirectoryName(file.Path))))
            ? [.. rules.Files.Where(static file => file.Used).Select(static file => file.Path)]
            : [.. usual.Where(Directory.Exists)];
    }

    private static void Files(Patient patient, string daemon, string[] paths, HashSet<string> told, Findings findings)
    {
        var checkedFiles = ChildProcess.Run(daemon, ["--check-rules", .. paths, "--json"], ChildProcess.Environment(patient.Surroundings, Passed), Within);
        if (checkedFiles.ExitCode is not (0 or 1))
        {
            findings.Warn("files of rules", $"{daemon} could not check them: {checkedFiles.Error.Trim()}", $"{daemon} --check-rules {paths[0]}");
            return;
        }

        var report = Answer.Read(System.Text.Encoding.UTF8.GetBytes(checkedFiles.Out), CliJson.Default.RulesReport);
        findings.Summary = findings.Summary.Length > 0 ? findings.Summary : $"{Count.Of(report.Rules, "rule")} in {Count.Of(report.Files.Count(static file => file.Used), "file")}";
        foreach (var problem in report.Problems.Concat(report.TestsFailed).Where(problem => told.Add(problem.Place)))
        {
            if (problem.Severity == "warning")
            {
                findings.Warn(problem.Place, problem.Message, "clearance rules check shows it again once it is changed");
            }
            else
            {
                findings.Error(problem.Place, problem.Message, Reload);
            }
        }

        Skipped(report.Files, told, findings);
    }
}
