using ClearanceDaemon.Tests.Support;

namespace ClearanceDaemon.Tests.Processes;

/// <summary>How a daemon that does not serve ends, and what it says.</summary>
public sealed class ExitCodeTests : IDisposable
{
    private readonly Home _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Version_and_help_are_told_on_stdout()
    {
        var version = DaemonProcess.Run(_home, "--version");
        Assert.Equal((ExitCodes.Ok, ""), (version.ExitCode, version.Error));
        Assert.StartsWith("0.1.0", version.Output, StringComparison.Ordinal);
        var help = DaemonProcess.Run(_home, "--help");
        Assert.Equal((ExitCodes.Ok, ""), (help.ExitCode, help.Error));
        foreach (var flag in (string[])["--instance", "--ephemeral", "--ask-socket", "--operator-socket", "--abstract", "--rules", "--log-level", "--check-rules", "--json"])
        {
            Assert.Contains(flag, help.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Wrong_usage_is_64_and_names_what_is_wrong()
    {
        var flag = DaemonProcess.Run(_home, "--nonsense");
        Assert.Equal(ExitCodes.Usage, flag.ExitCode);
        Assert.Contains("--nonsense", flag.Error, StringComparison.Ordinal);
        var name = DaemonProcess.Run(_home, "--instance", "No Good");
        Assert.Equal(ExitCodes.Usage, name.ExitCode);
        Assert.Contains("'No Good' is no name for an instance", name.Error, StringComparison.Ordinal);
        var path = DaemonProcess.Run(_home, "--ask-socket", "relative/sock");
        Assert.Equal(ExitCodes.Usage, path.ExitCode);
        Assert.Contains("relative/sock", path.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_made_is_73()
    {
        _home.Environment["XDG_STATE_HOME"] = "/proc/nowhere";
        AssertFails(ExitCodes.CannotCreate, "/proc/nowhere");
    }

    [Fact]
    public void B05_a_second_daemon_is_75_names_the_first_and_leaves_it_alone()
    {
        using var first = DaemonProcess.Start(_home);
        Assert.Equal(first.Pid, first.Result(_home.AskSocket, "clearance.ping").GetProperty("pid").GetInt32());
        AssertFails(ExitCodes.AlreadyRunning, $"{first.Pid}");
        Assert.Equal(first.Pid, first.Result(_home.AskSocket, "clearance.ping").GetProperty("pid").GetInt32());
    }

    [Fact]
    public void B09_an_unsafe_runtime_directory_is_77()
    {
        File.SetUnixFileMode(Path.Combine(_home.Root, "run"), Home.OwnerOnly | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        AssertFails(ExitCodes.Refused, Path.Combine(_home.Root, "run"));
    }

    [Fact]
    public void B08_a_file_where_the_socket_goes_is_77_and_stays()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_home.AskSocket)!, Home.OwnerOnly);
        File.SetUnixFileMode(_home.Runtime, Home.OwnerOnly);
        File.WriteAllText(_home.AskSocket, "precious");
        AssertFails(ExitCodes.Refused, _home.AskSocket);
        Assert.Equal("precious", File.ReadAllText(_home.AskSocket));
        Assert.False(Path.Exists(_home.OperatorSocket));
    }

    [Fact]
    public void A_wrong_setting_is_78_by_file_and_by_variable()
    {
        _home.WriteSettings("""{"maxPending": 0}""");
        AssertFails(ExitCodes.Configuration, "maxPending: '0' does not fit");
        _home.WriteSettings("{}");
        _home.Environment["CLEARANCE_MAX_PENDING"] = "many";
        AssertFails(ExitCodes.Configuration, "CLEARANCE_MAX_PENDING: 'many' does not fit");
    }

    [Fact]
    public void A_relative_directory_of_the_standard_is_78()
    {
        _home.Environment["XDG_CONFIG_HOME"] = "conf";
        AssertFails(ExitCodes.Configuration, "XDG_CONFIG_HOME");
    }

    [Fact]
    public void B45_what_a_setting_holds_begins_no_line_of_its_own()
    {
        _home.WriteSettings("""{"logLevel": "a\n<0>clearanced: forged\u001b[2J"}""");
        var outcome = DaemonProcess.Run(_home);
        Assert.Equal(ExitCodes.Configuration, outcome.ExitCode);
        Assert.DoesNotContain(outcome.Error.TrimEnd('\n'), char.IsControl);
    }

    private void AssertFails(int exitCode, string named)
    {
        var outcome = DaemonProcess.Run(_home);
        Assert.True(exitCode == outcome.ExitCode, $"{outcome.ExitCode}: {outcome.Error}");
        Assert.StartsWith("clearanced: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(named, outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
        Assert.Equal("", outcome.Output);
    }
}
