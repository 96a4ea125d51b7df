using System.Text;
using System.Text.Json;
using ClearanceDaemon.Core.Audit;
using ClearanceDaemon.Core.Events;
using ClearanceDaemon.Core.TerokShield;
using ClearanceDaemon.Core.Tests.Audit;
using ClearanceDaemon.Core.Tests.Clearances;
using ClearanceDaemon.Core.Tests.Server;
using ClearanceDaemon.Core.Time;
using ClearanceDaemon.Core.Transport;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Tests.TerokShield;

/// <summary>What becomes of each line: who is told what, when, and what is on record.</summary>
public sealed class ShieldIntakeTests : IDisposable
{
    private readonly AuditFixture _fixture = new();
    private readonly FaultyDisk _disk = new();
    private readonly AuditLog _audit;
    private readonly CollectedLog _log = new();
    private readonly EventHub _hub = new("epoch", TimeProvider.System, new EventLimits());
    private readonly ReportedAsks _asks = new();
    private readonly ShieldIntake _intake;

    public ShieldIntakeTests()
    {
        _fixture.Options = _fixture.Options with { Disk = _disk };
        _audit = _fixture.Open();
        _audit.Tick();
        _intake = new(_asks, _audit, _hub, new TurnTimers(), _log);
    }

    public void Dispose()
    {
        _audit.Dispose();
        _fixture.Dispose();
        _log.Dispose();
    }

    [Fact]
    public void A_pending_line_is_an_ask_of_a_container_that_was_seen()
    {
        Take(Lines.Pending);
        Assert.Equal(["seen terok-shield c1", "ask c1 net.connect example.com:443"], _asks.All);
        Assert.Equal((1000u, 77), (Assert.Single(_asks.Asks).Uid, Assert.Single(_asks.Reporters).Pid));
        Assert.Equal(new() { ["lines"] = 1, ["pending"] = 1 }, _intake.Counts.ReadAll());
    }

    [Theory]
    [InlineData("container_started", "seen terok-shield c1")]
    [InlineData("shield_up", "seen terok-shield c1")]
    [InlineData("container_exited", "gone terok-shield c1: the container exited")]
    [InlineData("shield_down", "gone terok-shield c1: the container's shield is down")]
    [InlineData("shield_down_all", "gone terok-shield c1: the container's shield is down")]
    [InlineData("shield_disengaged", "gone terok-shield c1: the container's shield was disengaged")]
    public void Each_notice_says_whether_the_container_is_still_guarded(string kind, string told)
    {
        Take(Lines.Notice(kind));
        Assert.Equal([told], _asks.All);
        Assert.Equal(new() { ["lines"] = 1, ["notices"] = 1 }, _intake.Counts.ReadAll());
    }

    [Fact]
    public void A_notice_is_on_record_before_anyone_is_told()
    {
        Take(Lines.Notice("container_exited", "c1", ""","reason":"poststop","dossier":{"task":"t","n":1.5}"""));
        Assert.Equal(0, _hub.Last);
        Assert.True(Commit());
        var record = Assert.Single(_fixture.Lines().Select(TestDaemon.Parse), static record => record.GetProperty("kind").GetString() == "shield");
        Assert.Equal(
            ("terok-shield", 1000, 77, "container_exited", "c1", "poststop", """{"task":"t","n":1.5}"""),
            (Text(record, "via"), record.GetProperty("uid").GetInt32(), record.GetProperty("pid").GetInt32(), Text(record, "report"), Text(record, "container"), Text(record, "reason"),
                record.GetProperty("dossier").GetRawText()));
        var told = Event(1);
        Assert.Equal("shield", told.GetProperty("type").GetString());
        var data = told.GetProperty("data").Deserialize(ProtocolJson.Default.ShieldEvent)!;
        Assert.Equal(("terok-shield", "container_exited", "c1", "poststop"), (data.Handler, data.Kind, data.Container, data.Reason));
        Assert.Equal(1.5, data.Dossier!["n"].GetDouble());
    }

    [Fact]
    public void B60_what_a_notice_does_not_say_is_absent_from_record_and_event()
    {
        Take(Lines.Notice("shield_up", "c1", ""","reason":"","dossier":{}"""));
        Assert.True(Commit());
        var record = _fixture.Lines().Select(TestDaemon.Parse).Last();
        Assert.False(record.TryGetProperty("reason", out _) || record.TryGetProperty("dossier", out _));
        Assert.Equal("""{"handler":"terok-shield","kind":"shield_up","container":"c1"}""", Event(1).GetProperty("data").GetRawText());
    }

    [Fact]
    public void A_notice_that_could_not_be_recorded_is_not_told_and_its_container_is_gone_all_the_same()
    {
        _disk.WriteErrno = FaultyDisk.ENOSPC;
        Take(Lines.Notice("shield_down"));
        Assert.False(Commit());
        Assert.Equal(0, _hub.Last);
        Assert.Single(_asks.All);
        _disk.WriteErrno = 0;
        _fixture.Clock.Pass(AuditLimits.RetryEvery);
        Take(Lines.Notice("shield_up"));
        Commit();
        Assert.Equal("shield_up", Event(1).GetProperty("data").GetProperty("kind").GetString());
    }

    [Fact]
    public void Notices_of_one_turn_are_told_in_their_order()
    {
        Take(Lines.Notice("shield_down"));
        Take(Lines.Notice("shield_up"));
        Take(Lines.Notice("container_exited", "c2"));
        Assert.True(Commit());
        Assert.Equal(["shield_down", "shield_up", "container_exited"], Enumerable.Range(1, 3).Select(seq => Text(Event(seq).GetProperty("data"), "kind")));
        Assert.True(Commit());
        Assert.Equal(3, _hub.Last);
    }

    [Fact]
    public void The_longest_reason_is_whole_and_one_over_is_cut()
    {
        Take(Lines.Notice("shield_down", "c1", $",\"reason\":\"{new string('r', ProtocolLimits.ReasonBytes)}\""));
        Take(Lines.Notice("shield_down", "c1", $",\"reason\":\"{new string('r', ProtocolLimits.ReasonBytes + 1)}\""));
        Assert.True(Commit());
        Assert.Equal(new string('r', ProtocolLimits.ReasonBytes), Text(Event(1).GetProperty("data"), "reason"));
        Assert.EndsWith("(cut, it has 2049 bytes)", Text(Event(2).GetProperty("data"), "reason"), StringComparison.Ordinal);
    }

    [Fact]
    public void B68_lines_that_come_to_nothing_are_counted_and_warned_of_and_nobody_is_told()
    {
        foreach (var line in new[] { "", "{", "[]", """{"type":"shield_paused"}""", """{"type":"shield_up"}""", Lines.PendingWith("\"port\":-1") })
        {
            Take(line);
        }

        _intake.Take(BadFraming.LineTooLong);
        _intake.Take(BadFraming.LineTooSlow);
        Assert.Equal(
            new Dictionary<string, long>
            {
                ["lines"] = 6,
                ["blank"] = 1,
                ["malformed"] = 1,
                ["notAnObject"] = 1,
                ["unknown:shield_paused"] = 1,
                ["bad:container"] = 1,
                ["bad:port"] = 1,
                ["tooLong"] = 1,
                ["unfinished"] = 1,
            },
            _intake.Counts.ReadAll());
        Assert.Equal(8, _log.Lines.Count);
        Assert.Empty(_asks.All);
        Assert.True(Commit());
        Assert.Equal(0, _hub.Last);
    }

    [Fact]
    public void What_was_dropped_from_dossiers_is_counted()
    {
        Take(Lines.Notice("shield_up", "c1", ""","dossier":{"a":{},"b":[],"c":1}"""));
        Take(Lines.PendingWith("\"dossier\":{\"a\":{}}"));
        Assert.Equal(3, _intake.Counts.ReadAll()["dossierDropped"]);
    }

    [Fact]
    public void The_longest_line_fits_a_record_and_an_event()
    {
        var members = Enumerable.Range(0, 16).Select(static i => $"\"m{i}\":\"{string.Concat(Enumerable.Repeat("\\u0001", 650))}\"");
        var line = Lines.Notice("shield_down", "c1", $",\"dossier\":{{{string.Join(',', members)}}}");
        Assert.InRange(line.Length, 60_000, ShieldLimits.LineBytes);
        Take(line);
        Assert.True(Commit());
        Assert.Equal(650, Text(Event(1).GetProperty("data").GetProperty("dossier"), "m15").Length);
    }

    private static string Text(JsonElement record, string name) => record.GetProperty(name).GetString()!;

    private void Take(string line) => _intake.Take(Encoding.UTF8.GetBytes(line), SomePeer.Credentials(77));

    private JsonElement Event(long seq) => TestDaemon.Parse(Encoding.UTF8.GetString(_hub[seq])).GetProperty("params");

    private bool Commit()
    {
        _audit.Tick();
        var written = _audit.Commit();
        _intake.OnCommit(written);
        return written;
    }
}
