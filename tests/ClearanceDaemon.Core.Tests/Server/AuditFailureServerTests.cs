using ClearanceDaemon.Conformance;

namespace ClearanceDaemon.Core.Tests.Server;

/// <summary>What askers get while the disk under the audit log is full: a real small file system, not a seam.</summary>
public sealed class AuditFailureServerTests
{
    [Fact]
    public void While_the_disk_is_full_every_ask_is_unavailable_and_room_heals_it()
    {
        using var disk = SmallDisk.Mount();
        using var daemon = new TestDaemon(state: disk.Path);
        Assert.Equal("allowed", daemon.AskOnce("""{"action":"demo.read"}""").GetProperty("outcome").GetString());
        disk.Fill();
        using var client = daemon.Ask();
        Eventually.True(
            () => TestDaemon.Call(client, "clearance.ask", Big).TryGetProperty("code", out var code) && code.GetInt32() == -32008,
            "the ask that no longer fits is unavailable");
        Assert.Equal(-32008, TestDaemon.Call(client, "clearance.ask", Big).GetProperty("code").GetInt32());
        Assert.True(TestDaemon.Call(client, "clearance.ping").GetProperty("pong").GetBoolean());
        Assert.Equal("failed", daemon.OperatorCall("daemon.status").GetProperty("audit").GetProperty("state").GetString());
        disk.Free();
        Eventually.True(
            () => TestDaemon.Call(client, "clearance.ask", Big).TryGetProperty("outcome", out var outcome) && outcome.GetString() == "allowed",
            "the log is written again");
        Assert.Equal("ok", daemon.OperatorCall("daemon.status").GetProperty("state").GetString());
    }

    [Fact]
    public void A_verdict_that_cannot_be_put_on_record_is_not_given()
    {
        using var disk = SmallDisk.Mount();
        using var daemon = new TestDaemon(state: disk.Path);
        using var client = daemon.Ask();
        Assert.Contains("clearance.asked", client.Ask(Line(1, "clearance.ask", $$"""{"action":"demo.wait","reason":"{{new string('x', 2000)}}"}""")), StringComparison.Ordinal);
        disk.Fill();
        client.Send(Line(2, "clearance.withdraw", """{"request":1}""") + "\n");
        var replies = new[] { client.ReadLine()!, client.ReadLine()! };
        Assert.All(replies, static reply => Assert.Equal(-32008, TestDaemon.Parse(reply).GetProperty("error").GetProperty("code").GetInt32()));
        Assert.DoesNotContain(daemon.AuditRecords(), static record => record.GetProperty("kind").GetString() == "verdict");
    }

    [Fact]
    public void Rules_that_cannot_be_put_on_record_are_not_in_force_until_they_can()
    {
        using var disk = SmallDisk.Mount();
        using var daemon = new TestDaemon(state: disk.Path);
        disk.Fill();
        using var client = daemon.Ask();
        Eventually.True(() => TestDaemon.Call(client, "clearance.ask", Big).TryGetProperty("code", out _), "the disk is full");
        daemon.WriteRules("""{"version":1,"rules":[{"id":"new","action":"demo.new","decision":"allow"}]}""");
        daemon.OperatorCall("rules.reload");
        disk.Free();
        Eventually.True(
            () => TestDaemon.Call(client, "clearance.ask", """{"action":"demo.new"}""").TryGetProperty("outcome", out var outcome) && outcome.GetString() == "allowed",
            "the new rules are in force");
        var records = daemon.AuditRecords();
        var rules = Array.FindLastIndex(records, static r => r.GetProperty("kind").GetString() == "rules");
        var allowed = Array.FindIndex(records, static r => r.TryGetProperty("by", out var by) && by.GetString() == "rule:new");
        Assert.Equal(1, records[rules].GetProperty("count").GetInt32());
        Assert.True(rules < allowed, "the rules are on record before what they allowed");
    }

    private static string Line(int id, string method, string parameters) => $$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}}}""";

    private static string Big => $$"""{"action":"demo.read","reason":"{{new string('x', 2000)}}"}""";
}
