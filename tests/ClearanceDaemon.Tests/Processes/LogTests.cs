using ClearanceDaemon.Conformance;
using ClearanceDaemon.Tests.Support;

namespace ClearanceDaemon.Tests.Processes;

/// <summary>What the process writes to stderr.</summary>
public sealed class LogTests : IDisposable
{
    /// <summary>Plays the journal: stderr is a socket that JOURNAL_STREAM names. Ends the daemon after its first line.</summary>
    private const string Journal = """
        import os, signal, socket, subprocess, sys
        ours, theirs = socket.socketpair()
        seen = os.fstat(theirs.fileno())
        os.environ['JOURNAL_STREAM'] = '%d:%d' % (seen.st_dev, seen.st_ino)
        daemon = subprocess.Popen(sys.argv[1:], stderr=theirs)
        theirs.close()
        for line in ours.makefile():
            print(line, end='')
            if 'serves' in line: daemon.send_signal(signal.SIGTERM)
        sys.exit(daemon.wait())
        """;

    private readonly Home _home = new();

    public LogTests() => _home.WriteRules();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void The_journal_gets_a_priority_and_no_time_on_every_line()
    {
        var outcome = DaemonProcess.RunCommand(_home, "/usr/bin/python3", "-c", Journal, DaemonProcess.Binary);
        Assert.Equal(0, outcome.ExitCode);
        var lines = outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, static line => Assert.Matches(@"^<[2-7]>(?!\d{4}-)", line));
        Assert.Contains(lines, line => line.StartsWith("<6>clearanced 0.1.0 serves ", StringComparison.Ordinal) && line.Contains(_home.AskSocket, StringComparison.Ordinal));
    }

    [Fact]
    public void A_failed_start_has_a_priority_in_the_journal_too()
    {
        _home.WriteSettings("{]");
        var outcome = DaemonProcess.RunCommand(_home, "/usr/bin/python3", "-c", Journal, DaemonProcess.Binary);
        Assert.Equal(ExitCodes.Configuration, outcome.ExitCode);
        Assert.StartsWith($"<3>clearanced: {_home.SettingsFile}:1:2: ", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_processs_JOURNAL_STREAM_is_not_ours()
    {
        _home.Environment["JOURNAL_STREAM"] = "8:12345";
        _home.WriteSettings("{]");
        Assert.StartsWith("clearanced: ", DaemonProcess.Run(_home).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void People_get_time_level_and_text()
    {
        using var daemon = DaemonProcess.Start(_home);
        daemon.Result(_home.AskSocket, "clearance.ping");
        Assert.Equal(0, daemon.Stop());
        Assert.All(daemon.LogLines, static line => Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} (trace|debug|info|warning|error|critical) ", line));
        Assert.Contains(daemon.LogLines, static line => line.Contains(" info clearanced 0.1.0 serves ", StringComparison.Ordinal));
    }

    [Fact]
    public void No_request_of_any_kind_makes_a_line_at_the_default_level()
    {
        using var daemon = DaemonProcess.Start(_home);
        daemon.Result(_home.AskSocket, "clearance.ping");
        Eventually.True(() => daemon.Log.Contains("rules loaded", StringComparison.Ordinal) && daemon.Log.Contains(" serves ", StringComparison.Ordinal), "the start is told");
        using (var client = daemon.Connect(_home.AskSocket))
        {
            foreach (var line in (string[])["not json", """{"jsonrpc":"2.0","id":1,"method":"no.such"}""", Ask("demo.read"), Ask("demo.write"), Ask("demo.other"), Ask("BAD")])
            {
                for (var i = 0; i < 20; i++)
                {
                    client.Ask(line);
                }
            }
        }

        Assert.Equal(0, daemon.Stop());
        Assert.DoesNotContain("demo.", daemon.Log, StringComparison.Ordinal);
        Assert.True(daemon.LogLines.Length < 20, daemon.Log);
    }

    [Theory]
    [InlineData("error")]
    [InlineData("warning")]
    public void A_higher_level_is_silent_when_all_is_well(string level)
    {
        using var daemon = DaemonProcess.Start(_home, "--log-level", level);
        daemon.Result(_home.AskSocket, "clearance.ping");
        Assert.Equal(0, daemon.Stop());
        Assert.Equal("", daemon.Log);
    }

    private static string Ask(string action) => $$$"""{"jsonrpc":"2.0","id":1,"method":"clearance.ask","params":{"action":"{{{action}}}","wait":"0s"}}""";
}
