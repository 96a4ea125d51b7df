using System.Text.Json;
using ClearanceDaemon.Conformance;

namespace ClearanceDaemon.Core.Tests.Server;

/// <summary>A verdict that is not exactly right decides nothing: the ask waits on and can still be decided.</summary>
public sealed class DecideFaultTests : IDisposable
{
    private const string Rules = """
        {"version":1,"rules":[
          {"id":"brief","action":"brief.**","decision":"ask","scopes":["once","for"],"ceiling":"2h"},
          {"id":"long","action":"long.**","decision":"ask","scopes":["for"]},
          {"id":"capped","action":"capped.**","decision":"ask","ceiling":"2h"},
          {"id":"soon","action":"soon.**","decision":"ask","whenNobody":"wait","deadline":"30ms"}]}
        """;

    private const string Unknown = "00000000000000000000000000000000";
    private readonly TestDaemon _daemon = new(Rules, options: static o => o with { SelfApproval = true });
    private readonly Person _person;

    public DecideFaultTests() => _person = new(_daemon);

    public void Dispose()
    {
        _person.Dispose();
        _daemon.Dispose();
    }

    [Theory]
    [InlineData("\"verdict\":\"perhaps\"", "verdict")]
    [InlineData("\"verdict\":\"Allow\"", "verdict")]
    [InlineData("\"verdict\":\"\"", "verdict")]
    [InlineData("\"verdict\":\"allow \"", "verdict")]
    [InlineData("\"verdict\":\"allowed\"", "verdict")]
    [InlineData("\"verdict\":null", "verdict")]
    [InlineData("\"verdict\":true", "verdict")]
    [InlineData("\"verdict\":\"allow\",\"scope\":{\"kind\":\"forever\"}", "scope")]
    [InlineData("\"verdict\":\"allow\",\"scope\":{\"kind\":\"Once\"}", "scope")]
    [InlineData("\"verdict\":\"allow\",\"scope\":{\"kind\":null}", "scope")]
    [InlineData("\"verdict\":\"allow\",\"scope\":{\"kind\":\"\"}", "scope")]
    [InlineData("\"verdict\":\"allow\",\"scope\":{\"kind\":\"for\"}", "scope")]
    [InlineData("\"verdict\":\"allow\",\"scope\":{\"kind\":\"for\",\"duration\":\"0s\"}", "scope")]
    [InlineData("\"verdict\":\"allow\",\"scope\":{\"kind\":\"for\",\"duration\":\"soon\"}", "scope.duration")]
    [InlineData("\"verdict\":\"allow\",\"scope\":{\"kind\":\"for\",\"duration\":\"367d\"}", "scope.duration")]
    [InlineData("\"verdict\":\"allow\",\"scope\":{\"kind\":\"for\",\"duration\":\"1h\",\"uses\":1}", "scope")]
    [InlineData("\"verdict\":\"allow\",\"scope\":{\"kind\":\"uses\"}", "scope")]
    [InlineData("\"verdict\":\"allow\",\"scope\":{\"kind\":\"uses\",\"uses\":0}", "scope")]
    [InlineData("\"verdict\":\"allow\",\"scope\":{\"kind\":\"uses\",\"uses\":-1}", "scope")]
    [InlineData("\"verdict\":\"allow\",\"scope\":{\"kind\":\"uses\",\"uses\":1000001}", "scope")]
    [InlineData("\"verdict\":\"allow\",\"scope\":{\"kind\":\"uses\",\"uses\":1,\"duration\":\"1h\"}", "scope")]
    [InlineData("\"verdict\":\"allow\",\"scope\":{\"kind\":\"once\",\"uses\":1}", "scope")]
    [InlineData("\"verdict\":\"allow\",\"scope\":{\"kind\":\"always\",\"duration\":\"1h\"}", "scope")]
    [InlineData("\"verdict\":\"allow\",\"scope\":{\"kind\":\"until-exit\",\"uses\":2}", "scope")]
    [InlineData("\"verdict\":\"allow\",\"bind\":[\"action\"]", "bind")]
    [InlineData("\"verdict\":\"allow\",\"scope\":{\"kind\":\"always\"},\"bind\":[]", "bind")]
    [InlineData("\"verdict\":\"allow\",\"scope\":{\"kind\":\"always\"},\"bind\":[null]", "bind")]
    [InlineData("\"verdict\":\"allow\",\"scope\":{\"kind\":\"always\"},\"bind\":[\"action\"]", "bind")]
    [InlineData("\"verdict\":\"allow\",\"scope\":{\"kind\":\"always\"},\"bind\":[\"argv\"]", "bind")]
    [InlineData("\"verdict\":\"allow\",\"scope\":{\"kind\":\"always\"},\"bind\":[\"action\",\"argv\",\"argv\"]", "bind")]
    [InlineData("\"verdict\":\"allow\",\"scope\":{\"kind\":\"always\"},\"bind\":[\"action\",\"argv\",\"uid\"]", "bind")]
    [InlineData("\"verdict\":\"allow\",\"scope\":{\"kind\":\"always\"},\"bind\":[\"action\",\"argv\",\"details\",\"details.a\"]", "bind")]
    [InlineData("\"verdict\":\"allow\",\"scope\":{\"kind\":\"always\"},\"bind\":[\"action\",\"argv\",\"details.b\"]", "bind")]
    [InlineData("\"verdict\":\"allow\",\"more\":1", "more")]
    public void B54_a_word_that_is_not_known_decides_nothing(string said, string member)
    {
        using var asking = new Asking(_daemon);
        asking.Ask("""{"action":"x.y","argv":["rm"],"details":{"a":1}}""");
        var seen = _person.Next("asked");
        var (id, digest) = Names(seen);
        var error = _person.Call("clearance.decide", $$"""{"id":"{{id}}","digest":"{{digest}}",{{said}}}""");
        Assert.Equal("invalid_params", Asking.Essence(error));
        Assert.StartsWith(member, error.GetProperty("data").GetProperty("member").GetString(), StringComparison.Ordinal);
        StillOpen(asking, seen);
    }

    [Theory]
    [InlineData("\"\"", "invalid_params")]
    [InlineData("null", "invalid_params")]
    [InlineData("\"*\"", "invalid_params")]
    [InlineData("\"" + Unknown + "\"", "unknown_request")]
    [InlineData("SHORT", "invalid_params")]
    [InlineData("UPPER", "invalid_params")]
    public void B54_an_id_that_is_not_whole_or_not_known_decides_nothing(string id, string code)
    {
        using var asking = new Asking(_daemon);
        asking.Ask("""{"action":"x.y"}""");
        var seen = _person.Next("asked");
        var (whole, digest) = Names(seen);
        id = id switch { "SHORT" => $"\"{whole[..31]}\"", "UPPER" => $"\"{whole[..31].ToUpperInvariant()}G\"", _ => id };
        Assert.Equal(code, Asking.Essence(_person.Call("clearance.decide", $$"""{"id":{{id}},"digest":"{{digest}}","verdict":"allow"}""")));
        Assert.Equal("invalid_params", Asking.Essence(_person.Call("clearance.decide", $$"""{"digest":"{{digest}}","verdict":"allow"}""")));
        StillOpen(asking, seen);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha256:")]
    [InlineData("sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("UPPER")]
    [InlineData("OTHER")]
    public void B56_a_digest_that_is_not_the_one_shown_decides_nothing(string digest)
    {
        using var asking = new Asking(_daemon);
        asking.Ask("""{"action":"x.y"}""");
        var seen = _person.Next("asked");
        asking.Ask("""{"action":"x.z"}""");
        var other = _person.Next("asked");
        digest = digest switch { "UPPER" => Names(seen).Digest.ToUpperInvariant(), "OTHER" => Names(other).Digest, _ => digest };
        Assert.Equal("digest_mismatch", Asking.Essence(_person.Decide(Names(seen).Id, digest, "allow")));
        Assert.Equal("digest_mismatch", Asking.Essence(_person.Decide(Names(seen).Id, digest, "deny")));
        StillOpen(asking, seen);
        StillOpen(asking, other);
    }

    [Fact]
    public void B54_a_null_digest_decides_nothing()
    {
        using var asking = new Asking(_daemon);
        asking.Ask("""{"action":"x.y"}""");
        var seen = _person.Next("asked");
        Assert.Equal("digest_mismatch", Asking.Essence(_person.Call("clearance.decide", $$"""{"id":"{{Names(seen).Id}}","digest":null,"verdict":"allow"}""")));
        StillOpen(asking, seen);
    }

    [Theory]
    [InlineData("brief.x", "{\"kind\":\"for\",\"duration\":\"2h\"}", null)]
    [InlineData("brief.x", "{\"kind\":\"for\",\"duration\":\"7201s\"}", "rule brief lets a verdict stand for 2h at most")]
    [InlineData("brief.x", "{\"kind\":\"always\"}", "rule brief offers once, for and not always")]
    [InlineData("brief.x", "{\"kind\":\"until-exit\"}", "rule brief offers once, for and not until-exit")]
    [InlineData("brief.x", "{\"kind\":\"uses\",\"uses\":1}", "rule brief offers once, for and not uses")]
    [InlineData("capped.x", "{\"kind\":\"always\"}", "rule capped lets a verdict stand for 2h at most; choose for")]
    [InlineData("capped.x", "{\"kind\":\"uses\",\"uses\":1}", null)]
    [InlineData("long.x", "{\"kind\":\"once\"}", "rule long offers for and not once")]
    [InlineData("free.x", "{\"kind\":\"for\",\"duration\":\"366d\"}", null)]
    [InlineData("free.x", "{\"kind\":\"uses\",\"uses\":1000000}", null)]
    public void A_scope_beyond_what_the_rule_offers_decides_nothing(string action, string scope, string? wrong)
    {
        using var asking = new Asking(_daemon);
        asking.Ask($$"""{"action":"{{action}}"}""");
        var seen = _person.Next("asked");
        var answer = _person.Decide(seen, "allow", $",\"scope\":{scope}");
        if (wrong is null)
        {
            Assert.Equal("allowed", answer.GetProperty("outcome").GetString());
            return;
        }

        Assert.Equal("invalid_params", Asking.Essence(answer));
        Assert.Equal(wrong, answer.GetProperty("message").GetString());
        StillOpen(asking, seen);
    }

    [Fact]
    public void A_plain_no_is_taken_whatever_the_rule_offers()
    {
        using var asking = new Asking(_daemon);
        asking.Ask("""{"action":"long.x"}""");
        Assert.Equal("denied", _person.Decide(_person.Next("asked"), "deny").GetProperty("outcome").GetString());
        Assert.Equal("denied operator", asking.Answer());
    }

    [Fact]
    public void A_reason_has_2048_bytes_and_one_more_decides_nothing()
    {
        using var asking = new Asking(_daemon);
        asking.Ask("""{"action":"x.y"}""");
        var seen = _person.Next("asked");
        var error = _person.Decide(seen, "deny", $",\"reason\":\"é{new string('x', 2047)}\"");
        Assert.Equal("reason", error.GetProperty("data").GetProperty("member").GetString());
        var reason = "é" + new string('x', 2046);
        _person.Decide(seen, "deny", $",\"reason\":\"{reason}\"");
        Assert.Equal(reason, asking.AnswerWhole().GetProperty("reason").GetString());
    }

    [Fact]
    public void B52_a_verdict_after_the_deadline_is_expired_and_a_later_one_too()
    {
        using var asking = new Asking(_daemon);
        asking.Ask("""{"action":"soon.x"}""");
        var seen = _person.Next("asked");
        Assert.Equal("timed_out rule:soon", asking.Answer());
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal("expired", Asking.Essence(_person.Decide(seen, "allow", ",\"scope\":{\"kind\":\"always\"}")));
        }

        Assert.Equal(0, _daemon.Parts.Grants.Count);
        Assert.DoesNotContain(_daemon.AuditRecords(), static r => r.TryGetProperty("outcome", out var outcome) && outcome.GetString() == "allowed");
    }

    [Fact]
    public void A_verdict_on_what_was_decided_or_withdrawn_is_told_so()
    {
        using var asking = new Asking(_daemon);
        asking.Ask("""{"action":"x.y"}""");
        var seen = _person.Next("asked");
        _person.Decide(seen, "deny");
        var again = _person.Decide(seen, "allow");
        Assert.Equal("unknown_request", Asking.Essence(again));
        Assert.Equal("this ask was decided before: denied", again.GetProperty("message").GetString());
        Assert.Equal("denied operator", asking.Answer());

        var id = asking.AskId("""{"action":"x.z"}""");
        seen = _person.Next("asked");
        asking.Call("clearance.withdraw", $$"""{"id":"{{id}}"}""");
        var late = _person.Decide(seen, "allow");
        Assert.Equal("unknown_request", Asking.Essence(late));
        Assert.Contains("withdrawn", late.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_denies_by_now_cannot_be_overruled()
    {
        using var asking = new Asking(_daemon);
        asking.Ask("""{"action":"x.y"}""");
        var seen = _person.Next("asked");
        _daemon.WriteRules("""{"version":1,"rules":[{"id":"never","action":"x.**","decision":"deny","reason":"not any more"}]}""");
        Assert.Equal(1, _daemon.OperatorCall("rules.reload").GetProperty("count").GetInt32());
        var refused = _person.Decide(seen, "allow", ",\"scope\":{\"kind\":\"always\"}");
        Assert.Equal("forbidden", Asking.Essence(refused));
        Assert.Contains("rule never denies this by now", refused.GetProperty("message").GetString(), StringComparison.Ordinal);
        var answer = asking.AnswerWhole();
        Assert.Equal("denied rule:never", Asking.Essence(answer));
        Assert.Equal("not any more", answer.GetProperty("reason").GetString());
        Assert.Equal("denied", _person.Next("decided").GetProperty("data").GetProperty("outcome").GetString());
        Assert.Equal(0, _daemon.Parts.Grants.Count);
    }

    [Fact]
    public void B56_the_ask_that_is_decided_is_the_one_that_was_shown()
    {
        // The same request id on the same connection, with other content, is another ask with another digest.
        using var asking = new Asking(_daemon);
        asking.Client.Send(TestDaemon.AskLine(7, """{"action":"x.read","resource":"a"}"""));
        var seen = _person.Next("asked");
        asking.Client.Send(TestDaemon.AskLine(7, """{"action":"x.delete","resource":"b"}"""));
        var other = _person.Next("asked");
        Assert.NotEqual(Names(seen).Id, Names(other).Id);
        Assert.NotEqual(Names(seen).Digest, Names(other).Digest);
        Assert.Equal("digest_mismatch", Asking.Essence(_person.Decide(Names(other).Id, Names(seen).Digest, "allow")));
        _person.Decide(seen, "allow");
        Assert.Equal("allowed operator", asking.Answer());
        var record = Assert.Single(_daemon.AuditRecords(), static r => r.GetProperty("kind").GetString() == "verdict");
        Assert.Equal("x.read a", $"{record.GetProperty("action")} {record.GetProperty("resource")}");
        Assert.Equal(1, _daemon.Parts.Desk.PendingCount);
    }

    [Fact]
    public void Until_exit_is_refused_once_the_process_has_gone_and_the_ask_waits_on()
    {
        var agent = new ForeignProgram(_daemon);
        agent.Ask("""{"action":"x.y","key":"k"}""");
        var seen = _person.Next("asked");
        agent.Kill();
        agent.Dispose();
        Eventually.True(() => _daemon.AuditRecords().Any(static r => r.GetProperty("kind").GetString() == "left"), "it has left");
        var error = _person.Decide(seen, "allow", ",\"scope\":{\"kind\":\"until-exit\"}");
        Assert.Equal("scope", error.GetProperty("data").GetProperty("member").GetString());
        Assert.Equal("allowed", _person.Decide(seen, "allow").GetProperty("outcome").GetString());
    }

    [Fact]
    public void Until_exit_is_taken_while_the_process_lives_though_its_connection_has_ended()
    {
        using var agent = new ForeignProgram(_daemon);
        agent.Ask("""{"action":"x.y","key":"k"}""");
        var seen = _person.Next("asked");
        agent.HangUp();
        Eventually.True(() => _daemon.AuditRecords().Any(static r => r.GetProperty("kind").GetString() == "left"), "it has left");
        Assert.Equal(agent.Pid, _person.Decide(seen, "allow", ",\"scope\":{\"kind\":\"until-exit\"}").GetProperty("grant").GetProperty("pid").GetInt32());
        agent.Kill();
        Assert.Equal("exited", _person.Next("grant_ended").GetProperty("data").GetProperty("why").GetString());
    }

    private static (string Id, string Digest) Names(JsonElement asked)
    {
        var data = asked.GetProperty("data");
        return (data.GetProperty("id").GetString()!, data.GetProperty("digest").GetString()!);
    }

    private void StillOpen(Asking asking, JsonElement seen)
    {
        var items = _daemon.OperatorCall("clearance.pending").GetProperty("items").EnumerateArray();
        Assert.Contains(items, item => item.GetProperty("id").GetString() == Names(seen).Id);
        Assert.Equal(0, _daemon.Parts.Grants.Count);
        Assert.Equal("denied", _person.Decide(seen, "deny").GetProperty("outcome").GetString());
        Assert.Equal("denied operator", asking.Answer());
    }
}
