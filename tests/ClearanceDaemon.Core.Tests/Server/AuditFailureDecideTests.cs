using System.Text.Json;
using ClearanceDaemon.Conformance;

namespace ClearanceDaemon.Core.Tests.Server;

/// <summary>A person's verdict and a grant's use while the disk under the audit log is full: neither is given.</summary>
public sealed class AuditFailureDecideTests
{
    private const string Ask = """{"action":"x.y"}""";

    [Theory]
    [InlineData("allow", "{\"kind\":\"once\"}")]
    [InlineData("allow", "{\"kind\":\"always\"}")]
    [InlineData("deny", "{\"kind\":\"once\"}")]
    public void A_verdict_that_cannot_be_put_on_record_is_none_and_makes_no_grant(string verdict, string scope)
    {
        using var disk = SmallDisk.Mount();
        using var daemon = Start(disk);
        using var person = new Person(daemon);
        using var asking = new Asking(daemon);
        asking.Ask(Ask);
        var seen = person.Next("asked");
        Fill(disk, daemon);
        Assert.Equal("unavailable", Asking.Essence(person.Decide(seen, verdict, $",\"scope\":{scope},\"reason\":\"{new string('x', 2000)}\"")));
        Assert.Equal("unavailable", asking.Answer());
        Assert.Equal(0, daemon.Parts.Grants.Count);
        Assert.DoesNotContain(daemon.AuditRecords(), static r => r.TryGetProperty("by", out var by) && by.GetString() == "operator");
        disk.Free();
        Healed(daemon);
        Assert.NotEqual("allowed", Outcome(daemon.AskOnce("""{"action":"x.y","wait":"0s"}""")));
        Assert.DoesNotContain(daemon.AuditRecords(), static r => r.TryGetProperty("by", out var by) && by.GetString() == "operator");
    }

    [Fact]
    public void B64_of_two_asks_on_a_grant_of_one_use_neither_is_allowed_while_that_cannot_be_put_on_record()
    {
        using var disk = SmallDisk.Mount();
        using var daemon = Start(disk);
        using var person = new Person(daemon);
        using var asking = new Asking(daemon);
        asking.Ask(Ask);
        person.Decide(person.Next("asked"), "allow", ",\"scope\":{\"kind\":\"uses\",\"uses\":1}");
        Assert.Equal("allowed operator", asking.Answer());
        Fill(disk, daemon);
        using var two = new Asking(daemon);
        const string hasty = """{"action":"x.y","wait":"0s"}""";
        two.Send(hasty);
        two.Send(hasty);
        Assert.Equal(["unavailable", "unavailable"], [two.Answer(), two.Answer()]);
        Assert.DoesNotContain(daemon.AuditRecords(), static r => r.TryGetProperty("by", out var by) && by.GetString()!.StartsWith("grant:", StringComparison.Ordinal));
        disk.Free();
        Healed(daemon);
        string[] after = [Outcome(daemon.AskOnce(hasty)), Outcome(daemon.AskOnce(hasty))];
        Assert.True(after.Count(static outcome => outcome == "allowed") <= 1, "one use at most");
    }

    [Fact]
    public void A_lockdown_is_on_even_when_it_cannot_be_put_on_record_and_is_not_lifted_while_that_cannot()
    {
        using var disk = SmallDisk.Mount();
        using var daemon = Start(disk);
        using var person = new Person(daemon);
        Fill(disk, daemon);
        Assert.Equal("unavailable", Asking.Essence(person.Call("daemon.lockdown", $$"""{"on":true,"reason":"{{new string('x', 2000)}}"}""")));
        Assert.True(daemon.Parts.Lockdown.IsOn);
        Assert.Equal("unavailable", Asking.Essence(person.Call("daemon.lockdown", """{"on":false}""")));
        Assert.True(daemon.Parts.Lockdown.IsOn);
        disk.Free();
        Eventually.True(() => Outcome(daemon.AskOnce("""{"action":"demo.read"}""")) == "denied", "the log is written again and everything is denied");
        Assert.False(person.Call("daemon.lockdown", """{"on":false}""").GetProperty("state").GetProperty("on").GetBoolean());
        Assert.Equal("allowed", Outcome(daemon.AskOnce("""{"action":"demo.read"}""")));
    }

    private static TestDaemon Start(SmallDisk disk) => new(options: static o => o with { SelfApproval = true }, state: disk.Path);

    // The last block of the log may still have room for a few records.
    private static void Fill(SmallDisk disk, TestDaemon daemon)
    {
        disk.Fill();
        var big = $$"""{"action":"demo.read","reason":"{{new string('x', 2000)}}"}""";
        Eventually.True(() => daemon.AskOnce(big).TryGetProperty("code", out _), "the log is full");
    }

    private static void Healed(TestDaemon daemon) =>
        Eventually.True(() => Outcome(daemon.AskOnce("""{"action":"demo.read"}""")) == "allowed", "the log is written again");

    private static string Outcome(JsonElement answer) => answer.TryGetProperty("outcome", out var outcome) ? outcome.GetString()! : "";
}
