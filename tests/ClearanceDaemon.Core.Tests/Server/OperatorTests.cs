using ClearanceDaemon.Conformance;

namespace ClearanceDaemon.Core.Tests.Server;

public sealed class OperatorTests : IDisposable
{
    private readonly TestDaemon _daemon = new();

    public void Dispose() => _daemon.Dispose();

    [Fact]
    public void Status_tells_sockets_rules_audit_and_counts()
    {
        _daemon.AskOnce("""{"action":"demo.read"}""");
        var status = _daemon.OperatorCall("daemon.status");
        Assert.Equal("ok", status.GetProperty("state").GetString());
        Assert.Equal(["ask", "claude", "operator"], status.GetProperty("sockets").EnumerateArray().Select(static s => s.GetProperty("name").GetString()));
        Assert.Equal(["codex"], status.GetProperty("notServed").EnumerateArray().Select(static s => s.GetString()));
        Assert.Equal(6, status.GetProperty("rules").GetProperty("count").GetInt32());
        Assert.Equal("ok", status.GetProperty("audit").GetProperty("state").GetString());
        Assert.Equal(2, status.GetProperty("audit").GetProperty("seq").GetInt64());
        Assert.Equal(1, status.GetProperty("counters").GetProperty("allowed").GetInt64());
        Assert.Equal(1, status.GetProperty("counters").GetProperty("connectionsOpen").GetInt64());
    }

    [Fact]
    public void B69_what_an_operator_just_called_does_not_exist_for_an_asker()
    {
        using var operators = _daemon.Operator();
        using var asker = _daemon.Ask();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("ok", TestDaemon.Call(operators, "daemon.status").GetProperty("state").GetString());
            Assert.Equal(-32601, TestDaemon.Call(asker, "daemon.status").GetProperty("code").GetInt32());
        }
    }

    [Fact]
    public void Rules_are_listed_as_they_are_written()
    {
        var list = _daemon.OperatorCall("rules.list");
        Assert.Equal(6, list.GetProperty("rules").GetArrayLength());
        var write = list.GetProperty("rules").EnumerateArray().Single(static r => r.GetProperty("id").GetString() == "write");
        Assert.Equal("deny", write.GetProperty("decision").GetString());
        Assert.Equal("demo.write", write.GetProperty("action").GetString());
        Assert.Equal(3, write.GetProperty("line").GetInt32());
        Assert.Contains("demo says no", write.GetProperty("source").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_list_of_rules_comes_in_pages()
    {
        var many = string.Join(",", Enumerable.Range(0, 250).Select(static i => $$"""{"id":"r{{i:d3}}","action":"a.b{{i}}","decision":"allow"}"""));
        _daemon.WriteRules($$"""{"version":1,"rules":[{{many}}]}""");
        Assert.Equal(250, _daemon.OperatorCall("rules.reload").GetProperty("count").GetInt32());
        var seen = new List<string>();
        for (int? next = 0; next is { } after;)
        {
            var page = _daemon.OperatorCall("rules.list", $$"""{"after":{{after}}}""");
            seen.AddRange(page.GetProperty("rules").EnumerateArray().Select(static r => r.GetProperty("id").GetString()!));
            next = page.TryGetProperty("next", out var more) ? more.GetInt32() : null;
        }

        Assert.Equal(250, seen.Distinct().Count());
    }

    [Fact]
    public void Explain_names_the_rule_that_decides_and_the_matcher_that_failed()
    {
        var denied = _daemon.OperatorCall("rules.explain", """{"action":"demo.write"}""");
        Assert.Equal("denied", denied.GetProperty("outcome").GetString());
        Assert.Equal("rule:write", denied.GetProperty("by").GetString());
        var near = _daemon.OperatorCall("rules.explain", """{"action":"demo.via"}""");
        Assert.Equal("no_operator", near.GetProperty("outcome").GetString());
        var miss = Assert.Single(near.GetProperty("nearMisses").EnumerateArray());
        Assert.Equal("claude", miss.GetProperty("id").GetString());
        Assert.Equal("via", miss.GetProperty("failed").GetString());
        var hit = _daemon.OperatorCall("rules.explain", """{"action":"demo.via","via":"claude"}""");
        Assert.Equal("allowed", hit.GetProperty("outcome").GetString());
        Assert.Equal(-32602, _daemon.OperatorCall("rules.explain", """{"action":"Bad Action"}""").GetProperty("code").GetInt32());
    }

    [Fact]
    public void A_reload_puts_good_rules_in_force_and_keeps_the_last_good_ones_over_bad()
    {
        _daemon.WriteRules("""{"version":1,"rules":[{"id":"n","action":"demo.new","decision":"allow"}]}""");
        Assert.Equal("ok", _daemon.OperatorCall("rules.reload").GetProperty("state").GetString());
        Assert.Equal("allowed", _daemon.AskOnce("""{"action":"demo.new"}""").GetProperty("outcome").GetString());

        _daemon.WriteRules("""{"version":1,"rules":[{"id":"n","action":"demo.new","decision":"perhaps"}]}""");
        var bad = _daemon.OperatorCall("rules.reload");
        Assert.Equal("stale", bad.GetProperty("state").GetString());
        Assert.Equal(1, bad.GetProperty("problems")[0].GetProperty("line").GetInt32());
        Assert.Equal("allowed", _daemon.AskOnce("""{"action":"demo.new"}""").GetProperty("outcome").GetString());
        Assert.Equal("degraded", _daemon.OperatorCall("daemon.status").GetProperty("state").GetString());
        Assert.Contains(_daemon.AuditRecords(), static r => r.GetProperty("kind").GetString() == "rules" && r.GetProperty("state").GetString() == "stale");
    }

    [Fact]
    public void A_changed_file_is_read_without_being_told()
    {
        _daemon.WriteRules("""{"version":1,"rules":[{"id":"n","action":"demo.new","decision":"allow"}]}""");
        Eventually.True(() => _daemon.AskOnce("""{"action":"demo.new"}""").GetProperty("outcome").GetString() == "allowed", "the new rule is in force");
    }

    [Fact]
    public void Rules_that_are_bad_at_the_start_make_every_ask_unavailable_and_mended_ones_heal_it()
    {
        using var daemon = new TestDaemon("{ this is not json");
        Assert.Equal(-32008, daemon.AskOnce("""{"action":"demo.read"}""").GetProperty("code").GetInt32());
        Assert.Equal("bad", daemon.OperatorCall("daemon.status").GetProperty("rules").GetProperty("state").GetString());
        daemon.WriteRules(TestDaemon.SomeRules);
        daemon.OperatorCall("rules.reload");
        Assert.Equal("allowed", daemon.AskOnce("""{"action":"demo.read"}""").GetProperty("outcome").GetString());
    }

    [Fact]
    public void The_audit_is_read_in_pages_both_ways_and_by_kind()
    {
        for (var i = 0; i < 5; i++)
        {
            _daemon.AskOnce("""{"action":"demo.read"}""");
        }

        var oldest = _daemon.OperatorCall("audit.read", """{"limit":2}""");
        Assert.Equal([1, 2], Seqs(oldest));
        Assert.Equal([3, 4], Seqs(_daemon.OperatorCall("audit.read", $$"""{"limit":2,"after":{{oldest.GetProperty("next")}}}""")));
        Assert.Equal([6, 5], Seqs(_daemon.OperatorCall("audit.read", """{"limit":2,"newest":true}""")));
        Assert.Equal([1], Seqs(_daemon.OperatorCall("audit.read", """{"kind":"rules"}""")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void A_page_of_the_audit_has_one_to_a_hundred_records(int limit)
    {
        var error = _daemon.OperatorCall("audit.read", $$"""{"limit":{{limit}}}""");
        Assert.Equal("limit", error.GetProperty("data").GetProperty("member").GetString());
    }

    [Fact]
    public void Unknown_parameters_of_typed_methods_are_refused()
    {
        Assert.Equal(-32602, _daemon.OperatorCall("audit.read", """{"page":1}""").GetProperty("code").GetInt32());
        Assert.Equal(-32602, _daemon.OperatorCall("rules.list", """{"after":-1}""").GetProperty("code").GetInt32());
        Assert.Equal(-32602, _daemon.OperatorCall("rules.reload", """{"x":1}""").GetProperty("code").GetInt32());
    }

    private static IEnumerable<int> Seqs(System.Text.Json.JsonElement page) =>
        page.GetProperty("records").EnumerateArray().Select(static r => r.GetProperty("seq").GetInt32());
}
