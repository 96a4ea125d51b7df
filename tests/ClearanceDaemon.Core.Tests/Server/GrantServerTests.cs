using System.Text.Json;
using ClearanceDaemon.Conformance;

namespace ClearanceDaemon.Core.Tests.Server;

/// <summary>A verdict that stands for more than one ask, over the wire: each scope is true to its name.</summary>
public sealed class GrantServerTests : IDisposable
{
    private const string Ask = """{"action":"deploy.prod","resource":"web1","details":{"n":1,"f":true,"s":"x"},"argv":["run","-v"],"title":"t","reason":"r","project":"/p","as":"self"}""";
    private readonly TestDaemon _daemon = new(options: static o => o with { SelfApproval = true });
    private readonly Person _person;

    public GrantServerTests() => _person = new(_daemon);

    public void Dispose()
    {
        _person.Dispose();
        _daemon.Dispose();
    }

    [Fact]
    public void Once_answers_once()
    {
        Assert.False(Grant(Ask, "{\"kind\":\"once\"}").TryGetProperty("grant", out _));
        Assert.Equal("asks", Again(Ask));
    }

    [Theory]
    [InlineData("{\"kind\":\"always\"}", "allow")]
    [InlineData("{\"kind\":\"for\",\"duration\":\"1h\"}", "allow")]
    [InlineData("{\"kind\":\"until-exit\"}", "allow")]
    [InlineData("{\"kind\":\"uses\",\"uses\":2}", "allow")]
    [InlineData("{\"kind\":\"always\"}", "deny")]
    [InlineData("{\"kind\":\"for\",\"duration\":\"1h\"}", "deny")]
    [InlineData("{\"kind\":\"until-exit\"}", "deny")]
    [InlineData("{\"kind\":\"uses\",\"uses\":2}", "deny")]
    public void A_grant_answers_the_same_ask_by_its_name_is_listed_and_can_be_revoked(string scope, string verdict)
    {
        var made = Grant(Ask, scope, verdict).GetProperty("grant");
        var id = made.GetProperty("id").GetString();
        Assert.Equal(id, _person.Next("grant_made").GetProperty("id").GetString());
        var outcome = verdict == "allow" ? "allowed" : "denied";
        Assert.Equal($"{outcome} grant:{id}", Again(Ask));
        var listed = Assert.Single(_daemon.OperatorCall("grants.list").GetProperty("items").EnumerateArray());
        Assert.Equal($"{verdict} ask {Environment.UserName == "root"}", $"{listed.GetProperty("verdict")} {listed.GetProperty("subject").GetProperty("via")} {listed.GetProperty("subject").GetProperty("uid").GetInt64() == 0}");
        Assert.Equal(1, _daemon.OperatorCall("daemon.status").GetProperty("grants").GetInt32());

        Assert.Equal(1, _person.Call("grants.revoke", $$"""{"id":"{{id}}"}""").GetProperty("revoked").GetInt32());
        Assert.Equal("revoked", _person.Next("grant_ended").GetProperty("data").GetProperty("why").GetString());
        Assert.Equal("asks", Again(Ask));
        Assert.Equal("unknown_request", Asking.Essence(_person.Call("grants.revoke", $$"""{"id":"{{id}}"}""")));
        var records = _daemon.AuditRecords().Where(r => r.TryGetProperty("grant", out var named) && named.GetString() == id).Select(static r => r.GetProperty("kind").GetString());
        Assert.Equal(["verdict", "grant"], records);
    }

    [Fact]
    public void B57_any_one_member_that_changes_asks_again_and_says_which()
    {
        Grant(Ask, "{\"kind\":\"always\"}");
        (string From, string To, string Changed)[] changes =
        [
            ("\"web1\"", "\"web2\"", "resource"), ("\"resource\":\"web1\",", "", "resource"), ("\"n\":1", "\"n\":2", "details.n"), ("\"n\":1", "\"n\":\"1\"", "details.n"),
            ("\"n\":1", "\"n\":true", "details.n"), ("\"f\":true", "\"f\":false", "details.f"), ("\"f\":true", "\"f\":1", "details.f"), ("\"s\":\"x\"", "\"s\":\"X\"", "details.s"),
            ("\"s\":\"x\"", "\"s\":\"x \"", "details.s"), ("\"s\":\"x\"", "\"s\":\"x\",\"more\":1", "details.more"), (",\"s\":\"x\"", "", "details.s"),
            ("\"-v\"", "\"-v\",\"-f\"", "argv"), ("[\"run\",\"-v\"]", "[\"run -v\"]", "argv"), ("[\"run\",\"-v\"]", "[\"-v\",\"run\"]", "argv"), ("[\"run\",\"-v\"]", "[]", "argv"),
            ("\"title\":\"t\"", "\"title\":\"\"", "title"), ("\"reason\":\"r\"", "\"reason\":\"R\"", "reason"), ("\"/p\"", "\"/p/q\"", "project"), ("\"self\"", "\"parent\"", "as"),
        ];
        foreach (var (from, to, changed) in changes)
        {
            var other = Ask.Replace(from, to, StringComparison.Ordinal);
            Assert.NotEqual(Ask, other);
            using var asking = new Asking(_daemon);
            asking.Ask(other);
            var seen = _person.Next("asked").GetProperty("data");
            Assert.Equal([changed], seen.GetProperty("changed").EnumerateArray().Select(static name => name.GetString()));
        }

        Assert.StartsWith("allowed grant:", Again(Ask), StringComparison.Ordinal);
        Assert.StartsWith("allowed grant:", Again("""{"wait":"0s","as":"self","project":"/p","reason":"r","title":"t","argv":["run","-v"],"details":{"s":"x","f":true,"n":1},"resource":"web1","action":"deploy.prod"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_bound_may_change_and_nothing_else()
    {
        Grant("""{"action":"deploy.prod","resource":"web1","details":{"n":1,"m":2}}""", "{\"kind\":\"always\"}", more: ",\"bind\":[\"action\",\"details.n\"]");
        Assert.StartsWith("allowed grant:", Again("""{"action":"deploy.prod","resource":"web9","details":{"n":1},"title":"x"}"""), StringComparison.Ordinal);
        Assert.Equal("asks", Again("""{"action":"deploy.prod","resource":"web1","details":{"n":2,"m":2}}"""));
        Assert.Equal("asks", Again("""{"action":"deploy.prod","details":{"n":1},"argv":["x"]}"""));
        Assert.Equal("asks", Again("""{"action":"deploy.test","details":{"n":1}}"""));
        Assert.Equal("asks", Again("""{"action":"deploy.prod","details":{"n":1,"command":"rm"}}"""));
    }

    [Fact]
    public void B75_another_socket_asks_again()
    {
        Grant(Ask, "{\"kind\":\"always\"}");
        Assert.Equal("asks", Again(Ask, "claude"));
        Assert.Equal("asks", Again(Ask, "operator"));
        Assert.StartsWith("allowed grant:", Again(Ask), StringComparison.Ordinal);
    }

    [Fact]
    public async Task B64_of_many_parallel_asks_on_a_grant_of_one_use_exactly_one_is_allowed()
    {
        var id = Grant(Ask, "{\"kind\":\"uses\",\"uses\":1}").GetProperty("grant").GetProperty("id").GetString();
        var hasty = Ask.Replace("\"as\"", "\"wait\":\"0s\",\"as\"", StringComparison.Ordinal);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Asking.Essence(_daemon.AskOnce(hasty)))));
        Assert.Equal($"allowed grant:{id}", Assert.Single(answers, static a => a.StartsWith("allowed", StringComparison.Ordinal)));
        Assert.Equal(7, answers.Count(static a => a == "no_operator default"));
        Assert.Equal("used", _person.Next("grant_ended").GetProperty("data").GetProperty("why").GetString());
        Assert.Equal(0, _daemon.Parts.Grants.Count);
    }

    [Fact]
    public void A_grant_of_n_uses_answers_n_further_asks_pipelined_or_not()
    {
        Grant(Ask, "{\"kind\":\"uses\",\"uses\":3}");
        using var asking = new Asking(_daemon);
        var hasty = Ask.Replace("\"as\"", "\"wait\":\"0s\",\"as\"", StringComparison.Ordinal);
        asking.Client.Send(string.Concat(Enumerable.Range(0, 10).Select(i => TestDaemon.AskLine(i, hasty))));
        var answers = Enumerable.Range(0, 10).Select(_ => asking.Answer()).ToArray();
        Assert.Equal(3, answers.Count(static a => a.StartsWith("allowed grant:", StringComparison.Ordinal)));
    }

    [Fact]
    public void B64_a_use_that_cannot_be_kept_is_unavailable_not_allowed_and_not_tried_for_ever()
    {
        Grant(Ask, "{\"kind\":\"uses\",\"uses\":2}");
        File.SetUnixFileMode(_daemon.State, (UnixFileMode)0b111_101_101);
        try
        {
            var error = _daemon.AskOnce(Ask);
            Assert.Equal("unavailable", Asking.Essence(error));
            Assert.Contains("0700", error.GetProperty("message").GetString(), StringComparison.Ordinal);
            Assert.Equal("degraded", _daemon.OperatorCall("daemon.status").GetProperty("state").GetString());
            Assert.DoesNotContain(_daemon.AuditRecords(), static r => r.TryGetProperty("by", out var by) && by.GetString()!.StartsWith("grant:", StringComparison.Ordinal));
        }
        finally
        {
            File.SetUnixFileMode(_daemon.State, (UnixFileMode)0b111_000_000);
        }

        Assert.StartsWith("allowed grant:", Again(Ask), StringComparison.Ordinal);
        Assert.StartsWith("allowed grant:", Again(Ask), StringComparison.Ordinal);
        Assert.Equal("asks", Again(Ask));
    }

    [Fact]
    public void A_grant_that_cannot_be_kept_leaves_the_ask_without_a_verdict()
    {
        using var asking = new Asking(_daemon);
        asking.Ask(Ask);
        var seen = _person.Next("asked");
        File.SetUnixFileMode(_daemon.State, (UnixFileMode)0b111_101_101);
        try
        {
            Assert.Equal("unavailable", Asking.Essence(_person.Decide(seen, "allow", ",\"scope\":{\"kind\":\"always\"}")));
            Assert.Equal("unavailable", asking.Answer());
        }
        finally
        {
            File.SetUnixFileMode(_daemon.State, (UnixFileMode)0b111_000_000);
        }

        Assert.Equal(0, _daemon.Parts.Grants.Count);
        Assert.Equal("withdrawn", _person.Next("decided").GetProperty("data").GetProperty("outcome").GetString());
        Assert.Contains(_daemon.AuditRecords(), static r => r.TryGetProperty("ended", out var ended) && ended.GetString() == "not kept");
    }

    [Fact]
    public void A_grant_for_a_time_ends_with_it()
    {
        Grant(Ask, "{\"kind\":\"for\",\"duration\":\"200ms\"}");
        Assert.Equal("expired", _person.Next("grant_ended").GetProperty("data").GetProperty("why").GetString());
        Assert.Equal("asks", Again(Ask));
    }

    [Fact]
    public void A_grant_until_exit_serves_its_process_alone_and_ends_with_it()
    {
        var agent = new ForeignProgram(_daemon);
        agent.Ask(Ask);
        var id = _person.Decide(_person.Next("asked"), "allow", ",\"scope\":{\"kind\":\"until-exit\"}").GetProperty("grant").GetProperty("id").GetString();
        Assert.Equal("allowed operator", Asking.Essence(agent.Answer()));
        Assert.Equal($"allowed grant:{id}", Asking.Essence(agent.Call("clearance.ask", Ask)));
        Assert.Equal("asks", Again(Ask));
        agent.Dispose();
        Assert.Equal("exited", _person.Next("grant_ended").GetProperty("data").GetProperty("why").GetString());
        Assert.Equal(0, _daemon.Parts.Grants.Count);
    }

    [Fact]
    public void A_denial_until_exit_beats_what_others_are_allowed()
    {
        using var agent = new ForeignProgram(_daemon);
        agent.Ask(Ask);
        var id = _person.Decide(_person.Next("asked"), "deny", ",\"scope\":{\"kind\":\"until-exit\"}").GetProperty("grant").GetProperty("id").GetString();
        agent.Answer();
        Grant(Ask, "{\"kind\":\"always\"}");
        Assert.StartsWith("allowed grant:", Again(Ask), StringComparison.Ordinal);
        Assert.Equal($"denied grant:{id}", Asking.Essence(agent.Call("clearance.ask", Ask)));
    }

    [Fact]
    public void All_grants_are_revoked_at_once()
    {
        for (var i = 0; i < 3; i++)
        {
            Grant($$"""{"action":"deploy.n{{i}}"}""", "{\"kind\":\"always\"}");
        }

        Assert.Equal("invalid_params", Asking.Essence(_person.Call("grants.revoke", """{"all":false}""")));
        Assert.Equal("invalid_params", Asking.Essence(_person.Call("grants.revoke", """{"all":true,"id":"00000000000000000000000000000000"}""")));
        Assert.Equal(3, _person.Call("grants.revoke", """{"all":true}""").GetProperty("revoked").GetInt32());
        Assert.Equal(["asks", "asks", "asks"], Enumerable.Range(0, 3).Select(i => Again($$"""{"action":"deploy.n{{i}}"}""")));
    }

    [Fact]
    public void A_grant_never_beats_a_denial_and_gives_only_what_its_rule_offers_now()
    {
        Grant(Ask, "{\"kind\":\"for\",\"duration\":\"3h\"}");
        Rule("\"decision\":\"deny\"");
        Assert.Equal("denied rule:r", Again(Ask));
        Rule("\"decision\":\"ask\",\"scopes\":[\"once\",\"uses\"]");
        Assert.Equal("asks", Again(Ask));
        Rule("\"decision\":\"ask\",\"ceiling\":\"1ms\"");
        Eventually.True(() => Again(Ask) == "asks", "it is older than the ceiling");
        Rule("\"decision\":\"ask\",\"ceiling\":\"2h\"");
        Assert.StartsWith("allowed grant:", Again(Ask), StringComparison.Ordinal);
    }

    private void Rule(string what)
    {
        _daemon.WriteRules($$"""{"version":1,"rules":[{"id":"r","action":"deploy.**",{{what}}}]}""");
        Assert.Equal(1, _daemon.OperatorCall("rules.reload").GetProperty("count").GetInt32());
    }

    private JsonElement Grant(string ask, string scope, string verdict = "allow", string more = "")
    {
        using var asking = new Asking(_daemon);
        asking.Ask(ask);
        var decided = _person.Decide(_person.Next("asked"), verdict, $",\"scope\":{scope}{more}");
        asking.Answer();
        return decided;
    }

    /// <summary>The answer to an ask on a connection of its own; <c>asks</c> when a person is asked.</summary>
    private string Again(string ask, string via = "ask")
    {
        using var asking = new Asking(_daemon, via);
        asking.Send(ask);
        var line = TestDaemon.Parse(asking.Client.ReadLine()!);
        if (line.TryGetProperty("result", out var result) || line.TryGetProperty("error", out result))
        {
            return Asking.Essence(result);
        }

        _person.Next("asked");
        return "asks";
    }
}
