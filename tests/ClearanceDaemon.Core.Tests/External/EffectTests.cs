using System.Text.Json;
using ClearanceDaemon.Conformance;
using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Tests.Clearances;
using ClearanceDaemon.Core.Tests.Rules;
using ClearanceDaemon.Core.Tests.Server;

namespace ClearanceDaemon.Core.Tests.External;

/// <summary>Verdicts that are carried out: after they are on record, once each, and what becomes of one that is not.</summary>
public sealed class EffectTests : IDisposable
{
    private const string Rules = """
        {"version":1,"rules":[
          {"id":"yes","action":"demo.yes","decision":"allow"},
          {"id":"no","action":"demo.no","decision":"deny","reason":"never"},
          {"id":"narrow","action":"demo.narrow","decision":"ask","scopes":["once"]},
          {"id":"shut","action":"demo.shut","decision":"ask","whenNobody":"deny"}]}
        """;

    private readonly HandlerWorld _world = new([("wall", """{"effects":["demo.*"]}""")], Rules);
    private readonly Person _person;

    public EffectTests() => _person = new(_world.Daemon);

    public void Dispose()
    {
        _person.Dispose();
        _world.Dispose();
    }

    [Theory]
    [InlineData("demo.yes", "allowed", "rule:yes", null)]
    [InlineData("demo.no", "denied", "rule:no", "never")]
    public void What_a_rule_says_is_carried_out_once_it_is_on_disk(string action, string outcome, string by, string? reason)
    {
        JsonElement[] seen = [];
        _world.Fake.Script = order =>
        {
            seen = _world.Daemon.AuditRecords();
            return false;
        };
        var answer = _world.Daemon.AskOnce($$"""{"action":"{{action}}","resource":"r"}""");
        Assert.Equal($"{outcome} {by}", Asking.Essence(answer));
        var order = _world.Fake.Next();
        Assert.Contains(seen, record => record.GetProperty("kind").GetString() == "verdict" && record.GetProperty("id").GetString() == answer.GetProperty("id").GetString());
        Assert.Equal($"wall effect {action} {outcome}", order.Essence);
        Assert.Equal(DecidingTests.DigestOf(order.Request.GetRawText()), order.Digest);
        var expected = $$"""{"outcome":"{{outcome}}","by":"{{by}}","id":"{{answer.GetProperty("id").GetString()}}"{{(reason is null ? "" : $",\"reason\":\"{reason}\"")}}}""";
        Assert.Equal(expected, order.Params.GetProperty("verdict").GetRawText());
        order.Done();
        Assert.Equal($$"""{"handler":"wall","outcome":"{{outcome}}"}""", _person.Next("effect_done").GetProperty("data").GetRawText());
        var record = Assert.Single(_world.WaitForRecords("effect", 1));
        Assert.Equal(("wall", outcome, false), (record.GetProperty("handler").GetString(), record.GetProperty("outcome").GetString(), record.TryGetProperty("failed", out _)));
    }

    [Theory]
    [InlineData("allow", "allowed")]
    [InlineData("deny", "denied")]
    public void What_a_person_says_is_carried_out_and_the_asker_does_not_wait_for_it(string verdict, string outcome)
    {
        using var asking = new Asking(_world.Daemon);
        asking.Ask("""{"action":"demo.x"}""");
        _person.Decide(_person.Next("asked"), verdict);
        Assert.Equal($"{outcome} operator", asking.Answer());
        var order = _world.Fake.Next();
        Assert.Equal($"wall effect demo.x {outcome}", order.Essence);
        Assert.Single(_world.Records("verdict"));
        order.Done();
        _person.Next("effect_done");
    }

    [Fact]
    public void A_grant_and_a_handler_are_carried_out_too_and_what_was_not_decided_is_not()
    {
        _world.Fake.Script = static order =>
        {
            order.Done();
            return true;
        };
        using var asking = new Asking(_world.Daemon);
        asking.Ask("""{"action":"demo.x"}""");
        _person.Decide(_person.Next("asked"), "allow", ",\"scope\":{\"kind\":\"always\"}");
        asking.Answer();
        Assert.StartsWith("allowed grant:", asking.Settled("""{"action":"demo.x"}"""), StringComparison.Ordinal);
        asking.Ask("""{"action":"demo.y","wait":"20ms"}""");
        Assert.StartsWith("timed_out", asking.Answer(), StringComparison.Ordinal);
        Assert.Equal("no_operator default", asking.Settled("""{"action":"demo.z","wait":"0s"}"""));
        Assert.Equal("denied rule:shut", asking.Settled("""{"action":"demo.shut","wait":"0s"}"""));
        Assert.Equal("no_operator default", asking.Settled("""{"action":"other.x","wait":"0s"}"""));
        Eventually.True(() => _world.Records("effect").Length == 3, "all are on record");
        Assert.Equal(["wall effect demo.x allowed", "wall effect demo.x allowed", "wall effect demo.shut denied"], _world.Fake.Seen);
    }

    [Theory]
    [InlineData("""{"result":{"digest":"DIGEST","ok":false}}""", "protocol")]
    [InlineData("""{"result":{"digest":"DIGEST","ok":"true"}}""", "protocol")]
    [InlineData("""{"result":{"digest":"DIGEST"}}""", "protocol")]
    [InlineData("""{"result":{"digest":"sha256:00","ok":true}}""", "protocol")]
    [InlineData("""{"error":{"code":1,"message":"no"}}""", "error")]
    [InlineData("""{"failure":{"why":"exit","message":"exit code 1","exitCode":1,"stderr":"nft: no such table"}}""", "exit")]
    public void B60_whatever_is_no_done_to_this_verdict_is_a_failure_that_is_shown_recorded_and_tried_again(string reply, string why)
    {
        var answer = _world.Daemon.AskOnce("""{"action":"demo.yes"}""");
        var (id, order) = (answer.GetProperty("id").GetString()!, _world.Fake.Next());
        order.Reply(reply.Replace("DIGEST", order.Digest, StringComparison.Ordinal));
        var failed = _person.Next("effect_failed");
        Assert.Equal((id, "wall", why), (failed.GetProperty("id").GetString(), failed.GetProperty("data").GetProperty("handler").GetString(), failed.GetProperty("data").GetProperty("failure").GetProperty("why").GetString()));
        var asked = _person.Next("asked");
        Assert.Equal((id, order.Digest), (asked.GetProperty("id").GetString(), asked.GetProperty("data").GetProperty("digest").GetString()));
        var shown = asked.GetProperty("data").GetProperty("failed");
        Assert.Equal("wall allowed rule:yes 1", $"{shown.GetProperty("handler")} {shown.GetProperty("outcome")} {shown.GetProperty("by")} {shown.GetProperty("attempts")}");
        Assert.Equal(why, _world.Records("effect").Single().GetProperty("failed").GetString());
        Assert.Equal(id, _world.Daemon.OperatorCall("clearance.pending").GetProperty("items")[0].GetProperty("id").GetString());

        _person.Decide(asked, "allow");
        var again = _world.Fake.Next();
        Assert.Equal((order.Digest, id, "operator"), (again.Digest, again.Params.GetProperty("verdict").GetProperty("id").GetString(), again.Params.GetProperty("verdict").GetProperty("by").GetString()));
        again.Fail("exit");
        asked = _person.Next("asked");
        Assert.Equal((id, 2), (asked.GetProperty("id").GetString(), asked.GetProperty("data").GetProperty("failed").GetProperty("attempts").GetInt32()));

        _person.Decide(asked, "deny");
        again = _world.Fake.Next();
        Assert.Equal("wall effect demo.yes denied", again.Essence);
        again.Done();
        _person.Next("effect_done");
        Assert.Equal(0, _world.Daemon.OperatorCall("daemon.status").GetProperty("pending").GetInt32());
    }

    [Fact]
    public void A_failure_with_long_texts_is_told_and_recorded_all_the_same()
    {
        _world.Daemon.AskOnce("""{"action":"demo.yes"}""");
        _world.Fake.Next().Fail("exit", new string('m', 1_000_000));
        Assert.InRange(_person.Next("effect_failed").GetRawText().Length, 2000, 5000);
        Assert.True(_person.Next("asked").GetProperty("data").TryGetProperty("failed", out _), "it is open again");
        Assert.Single(_world.WaitForRecords("effect", 1));
    }

    [Fact]
    public void What_is_open_after_a_failure_is_open_for_an_hour()
    {
        _world.Daemon.AskOnce("""{"action":"demo.yes"}""");
        _world.Fake.Next().Fail("exit");
        var data = _person.Next("asked").GetProperty("data");
        var time = data.GetProperty("deadline").GetDateTimeOffset() - data.GetProperty("asked").GetDateTimeOffset();
        Assert.Equal(60, Math.Round(time.TotalMinutes));
    }

    [Fact]
    public void A_failure_that_no_place_is_left_for_is_told_and_recorded_and_no_more()
    {
        using var world = new HandlerWorld([("wall", """{"effects":["demo.*"]}""")], Rules, static o => o with { MaxPendingPerProcess = 1 });
        using var person = new Person(world.Daemon);
        using var asking = new Asking(world.Daemon);
        var waiting = asking.AskId("""{"action":"other.x"}""");
        world.Daemon.AskOnce("""{"action":"demo.yes"}""");
        world.Fake.Next().Fail("exit");
        person.Next("effect_failed");
        world.WaitForRecords("effect", 1);
        Assert.Equal(waiting, Assert.Single(world.Daemon.OperatorCall("clearance.pending").GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
    }

    [Fact]
    public void B64_a_verdict_that_is_not_on_record_is_not_carried_out()
    {
        using var disk = SmallDisk.Mount();
        using var world = new HandlerWorld([("wall", """{"effects":["demo.*"]}""")], Rules, state: disk.Path);
        world.Fake.Script = static order =>
        {
            order.Done();
            return true;
        };
        using var client = world.Daemon.Ask();
        disk.Fill();
        var allowed = 0;
        var big = $$"""{"action":"demo.yes","reason":"{{new string('x', 2000)}}"}""";
        for (var failed = 0; failed < 3;)
        {
            var isAllowed = TestDaemon.Call(client, "clearance.ask", big).TryGetProperty("outcome", out _);
            (allowed, failed) = isAllowed ? (allowed + 1, failed) : (allowed, failed + 1);
        }

        Eventually.True(() => world.Daemon.OnReactor(() => world.Daemon.Parts.Effects.Idle.IsCompleted), "nothing is on its way");
        Assert.InRange(world.Fake.Seen.Count, 0, allowed);
        Assert.InRange(world.Fake.Seen.Count, 0, world.Records("verdict").Length);
    }

    [Fact]
    public void What_a_rule_offers_holds_for_the_second_try_too()
    {
        using var asking = new Asking(_world.Daemon);
        asking.Ask("""{"action":"demo.narrow"}""");
        _person.Decide(_person.Next("asked"), "allow");
        _world.Fake.Next().Fail("exit");
        var asked = _person.Next("asked");
        Assert.Equal("invalid_params", Asking.Essence(_person.Decide(asked, "allow", ",\"scope\":{\"kind\":\"always\"}")));
        Assert.Equal("allowed", _person.Decide(asked, "allow").GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task What_a_rule_offers_holds_for_the_second_try_after_a_handlers_verdict_too()
    {
        const string rules = """{"version":1,"rules":[{"id":"narrow","action":"demo.narrow","decision":"ask","handler":"anna","scopes":["once"]}]}""";
        using var world = new HandlerWorld([("anna", """{"decides":["demo.*"],"effects":["demo.*"]}""")], rules);
        using var person = new Person(world.Daemon);
        var ask = world.AskAsync("""{"action":"demo.narrow"}""");
        world.Fake.Next().Decide("allow");
        Assert.Equal("allowed handler:anna", Asking.Essence(await ask));
        world.Fake.Next().Fail("exit");
        var asked = person.Next("asked");
        Assert.Equal("narrow", asked.GetProperty("data").GetProperty("rule").GetString());
        Assert.Equal("invalid_params", Asking.Essence(person.Decide(asked, "allow", ",\"scope\":{\"kind\":\"always\"}")));
    }

    [Fact]
    public void An_equal_verdict_that_is_carried_out_ends_what_is_open_because_of_one_that_was_not_and_that_is_on_record()
    {
        using var asking = new Asking(_world.Daemon);
        var id = Settled(asking);
        _world.Fake.Next().Fail("exit");
        Assert.Equal(id, _person.Next("asked").GetProperty("id").GetString());
        var other = Settled(asking);
        Assert.NotEqual(id, other);
        _world.Fake.Next().Done();
        _person.Next("effect_done");
        var decided = _person.Next("decided");
        Assert.Equal((id, "allowed", "rule:yes"), (decided.GetProperty("id").GetString(), decided.GetProperty("data").GetProperty("outcome").GetString(), decided.GetProperty("data").GetProperty("by").GetString()));
        Assert.Equal([id, other, id], _world.WaitForRecords("verdict", 3).Select(static record => record.GetProperty("id").GetString()));
        Assert.Equal(0, _world.Daemon.OperatorCall("daemon.status").GetProperty("pending").GetInt32());
    }

    [Fact]
    public void A_failure_while_the_same_is_asked_again_opens_no_second_prompt()
    {
        using var asking = new Asking(_world.Daemon);
        asking.Ask("""{"action":"demo.x"}""");
        _person.Decide(_person.Next("asked"), "allow");
        asking.Answer();
        var order = _world.Fake.Next();
        var id = asking.AskId("""{"action":"demo.x"}""");
        Assert.Equal(id, _person.Next("asked").GetProperty("id").GetString());
        order.Fail("exit");
        _person.Next("effect_failed");
        Assert.Equal(id, Assert.Single(_world.Daemon.OperatorCall("clearance.pending").GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_yes_that_is_on_its_way_when_everything_is_locked_down_does_not_arrive(bool allows)
    {
        _world.Daemon.OperatorCall("daemon.lockdown", """{"on":true}""");
        var parts = _world.Daemon.Parts;
        parts.Reactor.Post(() =>
        {
            var ask = Some.Ask("demo.late", "r");
            var verdict = new Verdict(allows ? VerdictOutcome.Allowed : VerdictOutcome.Denied, parts.Desk.NewId(), Some.Utf8("operator"), null, null);
            parts.Effects.CarryOut(new(ask, AskDigest.Compute(ask), verdict, null, SomePeer.Asker(this, 1), SomePeer.Principal(1)));
        });
        if (!allows)
        {
            _world.Fake.Next().Done();
        }

        var record = Assert.Single(_world.WaitForRecords("effect", 1));
        Assert.Equal(allows, record.TryGetProperty("failed", out _));
        Assert.Equal(allows ? 0 : 1, _world.Fake.Seen.Count);
    }

    [Fact]
    public void A_failed_allow_that_the_rules_deny_by_now_is_not_tried_again()
    {
        _world.Daemon.AskOnce("""{"action":"demo.yes"}""");
        _world.Fake.Next().Fail("exit");
        var asked = _person.Next("asked");
        _world.Rules("""{"version":1,"rules":[{"id":"new","action":"demo.yes","decision":"deny"}]}""");
        Assert.Equal("forbidden", Asking.Essence(_person.Decide(asked, "allow")));
        Assert.Equal("wall effect demo.yes denied", _world.Fake.Next().Essence);
    }

    [Fact]
    public async Task What_is_open_after_a_failure_ends_on_record_when_the_daemon_stops()
    {
        _world.Daemon.AskOnce("""{"action":"demo.yes"}""");
        _world.Fake.Next().Fail("exit");
        var id = _person.Next("asked").GetProperty("id").GetString();
        await _world.Daemon.StopAsync();
        Assert.Equal((id, "withdrawn"), (_world.Records("verdict")[^1].GetProperty("id").GetString(), _world.Records("verdict")[^1].GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task A_daemon_that_stops_waits_for_what_is_being_carried_out()
    {
        _world.Daemon.AskOnce("""{"action":"demo.yes"}""");
        var order = _world.Fake.Next();
        var stopping = _world.Daemon.StopAsync();
        _world.Daemon.OnReactor(static () => 0);
        Assert.False(stopping.IsCompleted);
        order.Done();
        await stopping.WaitAsync(Eventually.Limit, TestContext.Current.CancellationToken);
        Assert.False(Assert.Single(_world.Records("effect")).TryGetProperty("failed", out _));
    }

    private static string Settled(Asking asking)
    {
        asking.Send("""{"action":"demo.yes"}""");
        return asking.AnswerWhole().GetProperty("id").GetString()!;
    }
}
