using System.Text.Json;
using ClearanceDaemon.Conformance;

namespace ClearanceDaemon.Core.Tests.Server;

/// <summary>That clearance.decide looks at who decides: an allow of one's own ask is refused with the reason and is on record, a denial is not refused.</summary>
public sealed class SelfApprovalServerTests : IDisposable
{
    private readonly TestDaemon _daemon = new("""{"version":1,"rules":[{"id":"lifted","action":"lifted.**","decision":"ask","selfApproval":true}]}""");

    public void Dispose() => _daemon.Dispose();

    [Fact]
    public void B30_the_same_process_with_another_connection_may_not_allow_but_deny()
    {
        using var person = new Person(_daemon);
        using var asking = new Asking(_daemon);
        asking.Ask("""{"action":"x.y"}""");
        var seen = person.Next("asked");
        Refused(person.Decide(seen, "allow"), seen, "the verdict comes from the process that asks");
        Refused(person.Decide(seen, "allow", ",\"scope\":{\"kind\":\"always\"}"), seen, "the verdict comes from the process that asks");
        Assert.Equal(0, _daemon.Parts.Grants.Count);
        Assert.Equal("denied", person.Decide(seen, "deny").GetProperty("outcome").GetString());
        Assert.Equal("denied operator", asking.Answer());
    }

    [Fact]
    public void B30_the_very_connection_that_asks_may_not_allow()
    {
        using var person = new Person(_daemon);
        using var asking = new Asking(_daemon, "operator");
        asking.Ask("""{"action":"x.y"}""");
        var seen = person.Next("asked");
        asking.Client.Send(Decide(seen, "allow"));
        Refused(asking.AnswerWhole(), seen, "the verdict comes from the process that asks");
        asking.Client.Send(Decide(seen, "deny"));
        string[] answers = [asking.Answer(), asking.Answer()];
        Assert.Contains("denied operator", answers);
    }

    [Fact]
    public void B30_what_the_asker_started_may_not_allow_but_deny()
    {
        using var person = new Person(_daemon);
        using var asking = new Asking(_daemon);
        using var child = new ForeignProgram(_daemon, "operator");
        asking.Ask("""{"action":"x.y"}""");
        var seen = person.Next("asked");
        Refused(child.Call("clearance.decide", Order(seen, "allow")), seen, "the verdict comes from a process that the asking one started");
        Assert.Equal("denied", child.Call("clearance.decide", Order(seen, "deny")).GetProperty("outcome").GetString());
        Assert.Equal("denied operator", asking.Answer());
    }

    [Fact]
    public void One_who_only_waits_for_it_is_an_asker_too()
    {
        using var person = new Person(_daemon);
        using var other = new ForeignProgram(_daemon);
        var id = other.Ask("""{"action":"x.y","key":"k"}""").GetProperty("id").GetString();
        var seen = person.Next("asked");
        using var waiting = new Asking(_daemon);
        waiting.Client.Send("""{"jsonrpc":"2.0","id":1,"method":"clearance.wait","params":{"key":"k"}}""" + "\n");
        Eventually.True(() => Waiting(id!) == 2, "both wait");
        Refused(person.Decide(seen, "allow"), seen, "the verdict comes from the process that asks");
    }

    [Fact]
    public void What_started_the_asker_may_allow()
    {
        using var person = new Person(_daemon);
        using var child = new ForeignProgram(_daemon);
        child.Ask("""{"action":"x.y"}""");
        var answer = person.Decide(person.Next("asked"), "allow");
        Assert.SkipWhen(answer.TryGetProperty("message", out var why) && why.GetString()!.Contains("container", StringComparison.Ordinal), "all of this runs in one container");
        Assert.Equal("allowed", answer.GetProperty("outcome").GetString());
        Assert.Equal("allowed operator", Asking.Essence(child.Answer()));
        Assert.DoesNotContain(_daemon.AuditRecords(), static r => r.GetProperty("kind").GetString() == "self_approval");
    }

    [Fact]
    public void An_ask_with_a_key_is_judged_the_same_when_its_connection_has_gone()
    {
        using var person = new Person(_daemon);
        using (var asking = new Asking(_daemon))
        {
            asking.Ask("""{"action":"x.y","key":"k"}""");
        }

        Eventually.True(() => _daemon.AuditRecords().Any(static r => r.GetProperty("kind").GetString() == "left"), "the asker has left");
        var seen = person.Next("asked");
        Refused(person.Decide(seen, "allow"), seen, "the verdict comes from the process that asks");
        using var child = new ForeignProgram(_daemon, "operator");
        Refused(child.Call("clearance.decide", Order(seen, "allow")), seen, "the verdict comes from a process that the asking one started");
    }

    [Fact]
    public void A_rule_can_lift_it()
    {
        using var person = new Person(_daemon);
        using var asking = new Asking(_daemon);
        asking.Ask("""{"action":"lifted.x"}""");
        Assert.Equal("allowed", person.Decide(person.Next("asked"), "allow").GetProperty("outcome").GetString());
        Assert.Equal("allowed operator", asking.Answer());
    }

    private int Waiting(string id) => _daemon.OperatorCall("clearance.pending").GetProperty("items").EnumerateArray()
        .Single(item => item.GetProperty("id").GetString() == id).GetProperty("waiting").GetInt32();

    private void Refused(JsonElement answer, JsonElement seen, string because)
    {
        Assert.Equal("forbidden", Asking.Essence(answer));
        Assert.StartsWith(because, answer.GetProperty("message").GetString(), StringComparison.Ordinal);
        var id = seen.GetProperty("id").GetString();
        var record = _daemon.AuditRecords().Last();
        Assert.Equal($"self_approval {id}", $"{record.GetProperty("kind")} {record.GetProperty("id")}");
        Assert.StartsWith(because, record.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains(_daemon.OperatorCall("clearance.pending").GetProperty("items").EnumerateArray(), item => item.GetProperty("id").GetString() == id);
    }

    private static string Order(JsonElement seen, string verdict) =>
        $$"""{"id":"{{seen.GetProperty("id")}}","digest":"{{seen.GetProperty("data").GetProperty("digest")}}","verdict":"{{verdict}}"}""";

    private static string Decide(JsonElement seen, string verdict) =>
        """{"jsonrpc":"2.0","id":"d","method":"clearance.decide","params":""" + Order(seen, verdict) + "}\n";
}
