using System.Text.Json;
using ClearanceDaemon.Cli.Doctor;

namespace ClearanceDaemon.Cli.Tests.Doctor;

/// <summary>The verb as a whole: report, JSON, exit codes, and that it always ends with a report.</summary>
[Collection("XDG_RUNTIME_DIR")]
public sealed class DoctorCommandTests : IDisposable
{
    private readonly RuntimeDirectoryVariable _runtime = new();
    private readonly Ward _ward = new();
    private readonly InProcess _program = new();

    public DoctorCommandTests()
    {
        _program.Variables["HOME"] = _ward.In("home");
        _program.Variables["XDG_RUNTIME_DIR"] = _runtime.Path;
        _ward.ByHand = true;
    }

    public void Dispose()
    {
        _ward.Dispose();
        _runtime.Dispose();
    }

    [Fact]
    public void AHealthyDaemonIsWell()
    {
        using var daemon = Daemon();
        Assert.All(Checks(_program.Talk(daemon, "doctor", "--json")), static check => Assert.Contains(Severity(check), (string[])["ok", "note"]));
        var run = Fresh().Talk(daemon, "doctor");
        Assert.Equal("", run.Error);
        Assert.Contains("ok       daemon              process ", run.Out);
        Assert.DoesNotContain("\e", run.Out);
    }

    [Fact]
    public void AWarningIsTold()
    {
        using var daemon = Daemon();
        _ward.Status["version"] = "0.0.9";
        var run = _program.Talk(daemon, "doctor");
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("warning  versions            1 warning; clearance ", run.Out);
        Assert.Contains("\n    warning: clearanced: it is 0.0.9, this program is ", run.Out);
        Assert.Contains("\n        do: systemctl --user restart clearanced.service", run.Out);
    }

    [Fact]
    public void TheWorstIsTheExitCode()
    {
        Assert.Equal([0, 0, 1, 2], ((Severity[])[Cli.Doctor.Severity.Ok, Cli.Doctor.Severity.Note, Cli.Doctor.Severity.Warning, Cli.Doctor.Severity.Error]).Select(Severities.ExitCode));
        using var daemon = Daemon();
        File.SetUnixFileMode(daemon.Path, (UnixFileMode)0b110_110_110);
        Assert.Equal(2, _program.Talk(daemon, "doctor").ExitCode);
    }

    [Fact]
    public void JsonIsOneObjectWithEveryCheck()
    {
        using var daemon = Daemon();
        _ward.Status["version"] = "0.0.9";
        var run = _program.Talk(daemon, "doctor", "--json");
        Assert.Equal(Ward.OwnVersion, run.Json().GetProperty("version").GetString());
        var names = run.Json().GetProperty("checks").EnumerateArray().Select(static check => check.GetProperty("name").GetString());
        Assert.Equal(Examination.All.Select(static check => check.Name), names);
        var checks = Checks(run);
        Assert.All(checks, static check => Assert.Contains(Severity(check), (string[])["ok", "note", "warning"]));
        Assert.All(checks, static check => Assert.Equal(JsonValueKind.String, check.GetProperty("summary").ValueKind));
        var finding = Assert.Single(checks.Single(static check => check.GetProperty("name").GetString() == "versions").GetProperty("findings").EnumerateArray());
        Assert.Equal(["severity", "subject", "what", "next"], finding.EnumerateObject().Select(static member => member.Name));
    }

    [Fact]
    public void WithoutADaemonThereIsAReport()
    {
        var run = _program.Run("doctor");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("error    runtime directory   1 error\n", run.Out);
        Assert.Contains("note     audit log           not looked at: the daemon gives no answer\n", run.Out);
        Assert.Matches("\n[0-9]+ errors, .*[0-9]+ notes\n$", run.Out);
    }

    [Fact]
    public void WithoutARuntimeDirectoryThereIsAReport()
    {
        File.SetUnixFileMode(_runtime.Path, (UnixFileMode)0b111_101_101);
        var run = _program.Run("doctor");
        Assert.Equal((2, ""), (run.ExitCode, run.Error));
        Assert.Contains("error    runtime directory   1 error\n", run.Out);
        Assert.Contains($"do: chmod 0700 {_runtime.Path}\n", run.Out);
    }

    [Fact]
    public void WithoutAHomeThereIsAReport()
    {
        _program.Variables.Clear();
        Assert.Contains("not looked at: HOME is not set", _program.Run("doctor", "--offline").Out);
    }

    [Fact]
    public void OfflineConnectsToNothing()
    {
        using var daemon = Daemon();
        var run = _program.Talk(daemon, "doctor", "--offline");
        Assert.Contains("not looked at: the daemon is not asked (--offline)", run.Out);
        Assert.Empty(daemon.Lines);
    }

    [Theory]
    [InlineData("doctor", "--instance", "NO")]
    [InlineData("doctor", "--operator-socket", "relative")]
    [InlineData("doctor", "now")]
    public void BadUsageIs126(params string[] args) => _program.Run(args).AssertFailed(126);

    [Fact]
    public void ColoursAreForTerminals()
    {
        using var daemon = Daemon();
        _ward.Status["version"] = "0.0.9";
        var terminal = new InProcess { IsTerminal = true };
        var run = terminal.Talk(daemon, "doctor");
        Assert.Contains("\e[33mwarning\e[0m  versions", run.Out);
        Assert.Contains("\e[32mok     \e[0m  runtime directory", run.Out);
    }

    private static string Severity(JsonElement check) => check.GetProperty("severity").GetString()!;

    /// <summary>The checks but that of mounts, which sees what else runs on this machine; the exit code has to be that of all.</summary>
    private static List<JsonElement> Checks(Outcome run)
    {
        var report = run.Json();
        Assert.Equal("", run.Error);
        Assert.Equal(run.ExitCode, Severity(report) switch { "error" => 2, "warning" => 1, _ => 0 });
        return [.. report.GetProperty("checks").EnumerateArray().Where(static check => check.GetProperty("name").GetString() != "mounts")];
    }

    private InProcess Fresh()
    {
        var program = new InProcess();
        foreach (var (name, value) in _program.Variables)
        {
            program.Variables[name] = value;
        }

        return program;
    }

    private FakeDaemon Daemon()
    {
        var daemon = new FakeDaemon(exchange => exchange.Result(_ward.Answers[exchange.Method]()));
        File.SetUnixFileMode(daemon.Path, Ward.PrivateFile);
        return daemon;
    }
}
