using System.Text.Json;
using ClearanceDaemon.Tests.Support;

namespace ClearanceDaemon.Tests.Processes;

/// <summary><c>clearanced --check-rules</c>, for people and as JSON.</summary>
public sealed class RulesCheckTests : IDisposable
{
    private const string Tested = """
        {"version":1,
         "rules":[{"id":"read","action":"demo.read","decision":"allow"}],
         "tests":[{"ask":{"action":"demo.read"},"expect":"allowed"},
                  {"ask":{"action":"demo.read"},"expect":"EXPECTED"}]}
        """;

    private readonly Home _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Good_rules_are_counted_and_end_with_0()
    {
        _home.WriteRules(Tested.Replace("EXPECTED", "allowed", StringComparison.Ordinal));
        var outcome = DaemonProcess.Run(_home, "--check-rules", _home.Rules);
        Assert.Equal((0, "1 rules in 1 files, 2 tests passed, 0 failed\n", ""), (outcome.ExitCode, outcome.Output, outcome.Error));
    }

    [Fact]
    public void A_failed_test_is_placed_and_ends_with_1()
    {
        var file = _home.Write("r.json", Tested.Replace("EXPECTED", "denied", StringComparison.Ordinal));
        var outcome = DaemonProcess.Run(_home, "--check-rules", file);
        Assert.Equal(ExitCodes.ChecksFailed, outcome.ExitCode);
        Assert.StartsWith($"{file}:4:", outcome.Output, StringComparison.Ordinal);
        Assert.EndsWith("1 rules in 1 files, 1 tests passed, 1 failed\n", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_is_placed_and_ends_with_1_as_text_and_as_JSON()
    {
        var file = _home.Write("r.json", "{\"version\":1,\n \"rulez\":[]}");
        var text = DaemonProcess.Run(_home, "--check-rules", file);
        Assert.Equal(ExitCodes.ChecksFailed, text.ExitCode);
        Assert.StartsWith($"{file}:2:2: error: ", text.Output, StringComparison.Ordinal);
        var json = DaemonProcess.Run(_home, "--check-rules", file, "--json");
        Assert.Equal(ExitCodes.ChecksFailed, json.ExitCode);
        using var report = JsonDocument.Parse(json.Output);
        Assert.False(report.RootElement.GetProperty("ok").GetBoolean());
        var problem = report.RootElement.GetProperty("problems")[0];
        Assert.Equal((file, 2, 2, "error"), (
            problem.GetProperty("file").GetString(), problem.GetProperty("line").GetInt32(), problem.GetProperty("column").GetInt32(), problem.GetProperty("severity").GetString()));
        Assert.Contains("rulez", problem.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_good_report_as_JSON_is_one_line()
    {
        _home.WriteRules();
        var outcome = DaemonProcess.Run(_home, "--check-rules", _home.Rules, "--json");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(outcome.Output.Length - 1, outcome.Output.IndexOf('\n', StringComparison.Ordinal));
        using var report = JsonDocument.Parse(outcome.Output);
        Assert.True(report.RootElement.GetProperty("ok").GetBoolean());
        Assert.Equal(3, report.RootElement.GetProperty("rules").GetInt32());
        Assert.True(report.RootElement.GetProperty("files")[0].GetProperty("used").GetBoolean());
    }

    [Fact]
    public void Several_paths_are_checked_together_and_a_missing_one_is_told()
    {
        _home.WriteRules();
        var outcome = DaemonProcess.Run(_home, "--check-rules", _home.Rules, Path.Combine(_home.Root, "nowhere.json"));
        Assert.Equal(ExitCodes.ChecksFailed, outcome.ExitCode);
        Assert.Contains("nowhere.json", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void B45_what_a_rule_file_holds_is_shown_without_control_characters()
    {
        var file = _home.Write("r.json", """{"version":1,"a\u001b[2J\nb\u009b":1,"rules":[{"id":"\u001b]0;x\u0007","action":"a","decision":"allow"}]}""");
        var outcome = DaemonProcess.Run(_home, "--check-rules", file);
        Assert.Equal(ExitCodes.ChecksFailed, outcome.ExitCode);
        Assert.All(outcome.Output.Split('\n'), static line => Assert.DoesNotContain(line, char.IsControl));
    }

    [Fact]
    public void Checking_touches_nothing()
    {
        _home.WriteRules();
        DaemonProcess.Run(_home, "--check-rules", _home.Rules);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_home.Root, "run")));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_home.Root, "state")));
    }
}
