using System.Text.Json;
using ClearanceDaemon.EndToEnd.Native;
using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>What the service manager sees when the daemon freezes, is killed, or can't start.</summary>
[Collection(ManagerCollection.Name)]
public sealed class SupervisionTests
{
    private readonly UserManager _manager;

    public SupervisionTests(UserManager manager)
    {
        _manager = manager;
        _manager.Reset();
    }

    [Fact]
    public void The_watchdog_kills_a_frozen_daemon_and_it_comes_back()
    {
        _manager.DropIn("[Service]\nWatchdogSec=1s\n");
        _manager.Clearance("ping").Expect(0);
        // The watchdog counts from here; before it, TimeoutStartSec does.
        Until.True(() => _manager.Property("ActiveState") == "active", "the service to be active");
        var frozen = _manager.MainPid;
        Assert.Equal(0, LibC.kill(frozen, LibC.SIGSTOP));
        Until.True(() => _manager.MainPid is var pid && pid != 0 && pid != frozen, "another daemon in place of the frozen one");
        _manager.Clearance("ask", "--action", "demo.read").Expect(0);
        Assert.NotEqual("0", _manager.Property("NRestarts"));
    }

    [Fact]
    public void The_watchdog_leaves_an_idle_daemon_alone()
    {
        _manager.DropIn("[Service]\nWatchdogSec=1s\n");
        _manager.Clearance("ping").Expect(0);
        var pid = _manager.MainPid;
        var pings = _manager.Property("WatchdogTimestampMonotonic");
        for (var round = 0; round < 4; round++)
        {
            var before = pings;
            Until.True(() => (pings = _manager.Property("WatchdogTimestampMonotonic")) != before, "the next sign of life");
        }

        Assert.Equal(pid, _manager.MainPid);
        Assert.Equal("0", _manager.Property("NRestarts"));
    }

    [Fact]
    public void Killing_the_daemon_between_asks_loses_no_record_of_an_answered_one()
    {
        var answered = new List<string>();
        for (var round = 0; round < 50; round++)
        {
            var answer = _manager.ClearanceJson("ask", "--action", "demo.read", "--resource", $"round-{round}");
            answered.Add(answer.GetProperty("id").GetString()!);
            Assert.Equal(0, LibC.kill(_manager.MainPid, LibC.SIGKILL));
        }

        _manager.Clearance("ping").Expect(0);
        var records = AuditChain.Read(_manager.Audit);
        Assert.All(answered, id => Assert.True(records.Mentions(id), $"no record of the answered ask {id}"));
    }

    [Fact]
    public void B71_a_broken_configuration_under_activation_is_one_process_that_says_why()
    {
        _manager.WriteFile(Path.Combine(_manager.Configuration, "clearanced.json"), """{"noSuchKey":1}""");
        var starts = Path.Combine(_manager.Home, "starts");
        _manager.DropIn($"[Service]\nExecStartPre=/bin/sh -c 'echo start >>{starts}'\n");
        var watched = TimeProvider.System.GetTimestamp();
        var first = _manager.Clearance("ask", "--action", "demo.read").Expect(127);
        Assert.Contains("noSuchKey", first.Error + first.Output, StringComparison.Ordinal);
        do
        {
            _manager.Clearance("ask", "--action", "demo.read").Expect(127);
        }
        while (TimeProvider.System.GetElapsedTime(watched) < TimeSpan.FromSeconds(10));

        Assert.InRange(File.ReadLines(starts).Count(), 1, 2);
        Assert.Contains("noSuchKey", _manager.Property("StatusText"), StringComparison.Ordinal);
        File.Delete(starts);
    }

    [Fact]
    public void B71_a_line_to_a_daemon_with_a_broken_configuration_is_answered_unavailable()
    {
        _manager.WriteFile(Path.Combine(_manager.Configuration, "clearanced.json"), "not json");
        using var client = new LineClientAs(_manager, _manager.AskSocket);
        var error = client.Exchange(LineClient.Ask(1, "demo.read")).GetProperty("error");
        Assert.Equal(-32008, error.GetProperty("code").GetInt32());
        Assert.Equal("unavailable", error.GetProperty("data").GetProperty("code").GetString());
        Assert.Contains("clearanced.json", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_repaired_configuration_is_picked_up_by_the_next_start()
    {
        _manager.WriteFile(Path.Combine(_manager.Configuration, "clearanced.json"), "not json");
        _manager.Clearance("ask", "--action", "demo.read").Expect(127);
        _manager.WriteFile(Path.Combine(_manager.Configuration, "clearanced.json"), "{}");
        _manager.Systemctl("restart", "clearanced.service").Expect(0);
        _manager.Clearance("ask", "--action", "demo.read").Expect(0);
    }

    [Fact]
    public void Bad_rules_at_the_start_make_every_ask_unavailable_and_the_status_red()
    {
        _manager.WriteFile(Path.Combine(_manager.Configuration, "rules.d", "20-bad.json"), """{"version":1,"rules":[{"id":"x","decission":"allow"}]}""");
        _manager.Clearance("ask", "--action", "demo.read").Expect(127);
        var status = _manager.Clearance("status", "--json");
        Assert.Equal(1, status.ExitCode);
        using var json = JsonDocument.Parse(status.Output);
        Assert.Contains("20-bad.json", json.RootElement.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_daemon_of_the_same_user_exits_75_and_the_activated_one_still_answers()
    {
        _manager.Clearance("ping").Expect(0);
        var pid = _manager.MainPid;
        var second = _manager.Run(Path.Combine(_manager.Home, ".local", "bin", "clearanced")).Expect(75);
        Assert.Contains(pid.ToString(), second.Error, StringComparison.Ordinal);
        Assert.Contains($"{pid}", _manager.Clearance("ping", "--json").Expect(0).Output, StringComparison.Ordinal);
    }
}
