using ClearanceDaemon.Conformance;
using ClearanceDaemon.Core.Metrics;

namespace ClearanceDaemon.Core.Tests.Server;

/// <summary>An ask with a key outlives its connection, and so does its verdict, until the ask's deadline.</summary>
public sealed class KeyedAskTests : IDisposable
{
    private const string Deploy = """{"action":"deploy.prod","key":"k"}""";
    private const string ByKey = """{"key":"k","wait":"10s"}""";
    private readonly TestDaemon _daemon = new(options: static o => o with { SelfApproval = true });

    public void Dispose() => _daemon.Dispose();

    [Fact]
    public void A_verdict_is_fetched_later_by_waiting_and_by_asking_again_on_its_socket_only()
    {
        using var person = new Person(_daemon);
        AskAndLeave();
        Assert.Equal(0, person.Decide(person.Next("asked"), "allow").GetProperty("answered").GetInt32());
        using var later = new Asking(_daemon);
        Assert.Equal("allowed operator", later.Call("clearance.wait", ByKey));
        Assert.Equal("allowed operator", later.Settled(Deploy));
        using var claude = new Asking(_daemon, "claude");
        Assert.Equal("unknown_request", claude.Call("clearance.wait", ByKey));
        var own = claude.AskId(Deploy);
        Assert.Equal(own, person.Next("asked").GetProperty("id").GetString());
        Assert.Equal(1, _daemon.AuditRecords().Count(static r => r.GetProperty("kind").GetString() == "verdict"));
    }

    [Fact]
    public void A_verdict_is_fetched_also_when_the_person_has_gone()
    {
        using (var person = new Person(_daemon))
        {
            AskAndLeave();
            person.Decide(person.Next("asked"), "deny", ",\"reason\":\"not today\"");
        }

        Eventually.True(() => _daemon.Parts.Events.Subscribers == 0, "nobody watches");
        using var later = new Asking(_daemon);
        later.Send(Deploy);
        var answer = later.AnswerWhole();
        Assert.Equal("denied operator", Asking.Essence(answer));
        Assert.Equal("not today", answer.GetProperty("reason").GetString());
    }

    [Fact]
    public void An_open_ask_is_joined_by_its_key_also_when_the_person_has_gone()
    {
        using (var person = new Person(_daemon))
        {
            AskAndLeave();
            person.Next("asked");
        }

        Eventually.True(() => _daemon.Parts.Events.Subscribers == 0, "nobody watches");
        using var again = new Asking(_daemon);
        var id = again.AskId(Deploy);
        using var back = new Person(_daemon);
        var seen = back.Next("asked");
        Assert.Equal(id, seen.GetProperty("id").GetString());
        Assert.Equal("k", seen.GetProperty("data").GetProperty("key").GetString());
        back.Decide(seen, "allow");
        Assert.Equal("allowed operator", again.Answer());
    }

    [Fact]
    public void Another_ask_with_the_key_of_a_kept_verdict_is_refused()
    {
        using var person = new Person(_daemon);
        AskAndLeave();
        person.Decide(person.Next("asked"), "allow");
        using var later = new Asking(_daemon);
        Assert.Equal("invalid_params", later.Settled("""{"action":"deploy.prod","key":"k","resource":"other"}"""));
    }

    [Fact]
    public void A_key_whose_ask_was_withdrawn_can_be_used_anew()
    {
        using var person = new Person(_daemon);
        using var asking = new Asking(_daemon);
        var first = asking.AskId(Deploy);
        string[] answers = [asking.Call("clearance.withdraw", """{"key":"k"}"""), asking.Answer()];
        Assert.Equal(["withdrawn default", "withdrawn true"], answers.Order(StringComparer.Ordinal));
        var second = asking.AskId("""{"action":"deploy.prod","key":"k","resource":"other"}""");
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void A_key_whose_ask_timed_out_can_be_used_anew()
    {
        using var daemon = new TestDaemon("""{"version":1,"rules":[{"id":"short","action":"deploy.**","decision":"ask","whenNobody":"wait","deadline":"30ms"}]}""");
        using var asking = new Asking(daemon);
        var first = asking.AskId(Deploy);
        Assert.Equal("timed_out rule:short", asking.Answer());
        Assert.Equal("unknown_request", asking.Call("clearance.wait", ByKey));
        Assert.NotEqual(first, asking.AskId(Deploy));
    }

    [Fact]
    public void A_kept_ask_stays_answerable_no_longer_than_its_rule_says_whatever_its_asker_waits()
    {
        using var daemon = new TestDaemon("""{"version":1,"rules":[{"id":"short","action":"deploy.**","decision":"ask","whenNobody":"wait","deadline":"30ms"}]}""");
        using (var asking = new Asking(daemon))
        {
            asking.Ask("""{"action":"deploy.prod","key":"k","wait":"1h"}""");
        }

        Eventually.True(() => daemon.Count(Counter.TimedOut) == 1, "it ends at the rule's deadline");
        Assert.Equal(0, daemon.Count(Counter.Withdrawn));
    }

    [Fact]
    public void Two_askers_of_one_key_ask_one_prompt_and_hear_one_verdict()
    {
        using var person = new Person(_daemon);
        using var one = new Asking(_daemon);
        using var two = new ForeignProgram(_daemon);
        var id = one.AskId(Deploy);
        Assert.Equal(id, two.Ask(Deploy).GetProperty("id").GetString());
        Assert.Equal(2, person.Decide(person.Next("asked"), "deny").GetProperty("answered").GetInt32());
        Assert.Equal(["denied operator", "denied operator"], [one.Answer(), Asking.Essence(two.Answer())]);
    }

    [Fact]
    public async Task A_restart_forgets_what_was_kept_open_or_decided()
    {
        var state = Directory.CreateTempSubdirectory("clearance-kept-").FullName;
        using (var before = new TestDaemon(options: static o => o with { SelfApproval = true }, state: state))
        {
            using var person = new Person(before);
            using var asking = new Asking(before);
            asking.Ask(Deploy);
            asking.Ask("""{"action":"deploy.prod","key":"open"}""");
            person.Decide(person.Next("asked"), "allow");
            await before.StopAsync();
            var ended = before.AuditRecords().Last(static r => r.GetProperty("kind").GetString() == "verdict");
            Assert.Equal("withdrawn", ended.GetProperty("outcome").GetString());
            Assert.StartsWith("the daemon stopped", ended.GetProperty("because").GetString(), StringComparison.Ordinal);
        }

        using (var after = new TestDaemon(state: state))
        {
            using var asking = new Asking(after);
            Assert.Equal("unknown_request", asking.Call("clearance.wait", ByKey));
            Assert.Equal("unknown_request", asking.Call("clearance.wait", """{"key":"open"}"""));
            Assert.Equal("no_operator default", asking.Settled(Deploy));
        }

        Directory.Delete(state, recursive: true);
    }

    private void AskAndLeave()
    {
        using (var asking = new Asking(_daemon))
        {
            asking.Ask(Deploy);
        }

        Eventually.True(() => _daemon.AuditRecords().Any(static r => r.GetProperty("kind").GetString() == "left"), "the asker has left");
    }
}
