using ClearanceDaemon.Core.Documents;
using ClearanceDaemon.Core.Rules;

namespace ClearanceDaemon.Core.Tests.Rules;

public sealed class PrecedenceTests
{
    private const string Three = """
        {"id":"c-allow","action":"a","decision":"allow"},
        {"id":"b-ask","action":"a","decision":"ask","resource":{"glob":"ask*"}},
        {"id":"a-deny","action":"a","decision":"deny","resource":{"glob":"*deny"},"reason":"no"}
        """;

    [Theory]
    [InlineData("plain", "Allow c-allow")]
    [InlineData("ask", "Ask b-ask")]
    [InlineData("deny", "Deny a-deny")]
    [InlineData("ask or deny", "Deny a-deny")]
    public void Deny_beats_ask_beats_allow(string resource, string says) =>
        Assert.Equal(says, Some.Set(Three).Decide(Some.Ask("a", resource)).Says());

    [Fact]
    public void No_rule_means_ask_with_defaults()
    {
        var verdict = RuleSet.Empty.Decide(Some.Ask("a"));
        Assert.Equal(new RuleVerdict(Decision.Ask, null, false), verdict);
        Assert.Equal(WhenNobody.NoOperator, default);
        Assert.Equal(0, RuleSet.Empty.Count);
    }

    [Fact]
    public void Among_equals_the_smallest_id_is_named()
    {
        var set = Some.Set("""
            {"id":"b","action":"a","decision":"deny"},
            {"id":"a","action":"**","decision":"deny"},
            {"id":"B","action":"*","resource":"r","decision":"deny"}
            """);
        Assert.Equal("Deny a", set.Decide(Some.Ask("a")).Says());
        Assert.Equal("Deny B", set.Decide(Some.Ask("a", "r")).Says());
    }

    [Fact]
    public void A_rule_knows_where_it_stands_and_what_it_says()
    {
        const string File = """
            // comment
            {"version":1,"rules":[
              {"id":"one","action":"a","decision":"ask","deadline":"5m","whenNobody":"wait","scopes":["once","for"],"ceiling":"2h","selfApproval":true,"handler":"h"},
              {"id":"two",/* why */"action":"b","decision":"deny","reason":"use trash-put"}]}
            """;
        var problems = new List<DocumentProblem>();
        var reader = new ClearanceDaemon.Core.Rules.Loading.RuleFileReader(new("f.json", Some.Utf8(File), problems), 10);
        reader.Read();
        Assert.Empty(problems);
        var one = reader.Rules[0];
        Assert.Equal(("one", "f.json", 3, Decision.Ask, WhenNobody.Wait), (one.Id, one.File, one.Line, one.Decision, one.WhenNobody));
        Assert.Equal((TimeSpan.FromMinutes(5), TimeSpan.FromHours(2)), (one.Deadline, one.Ceiling));
        Assert.Equal((GrantScopes.Once | GrantScopes.For, true, "h"), (one.Scopes, one.SelfApproval, one.Handler));
        Assert.Null(one.Reason);
        var two = reader.Rules[1];
        Assert.Equal("""{"id":"two",/* why */"action":"b","decision":"deny","reason":"use trash-put"}""", two.Source);
        Assert.Equal("rule:two"u8.ToArray(), two.By);
        Assert.Equal("use trash-put"u8.ToArray(), two.ReasonUtf8);
        Assert.Equal((4, GrantScopes.All, false), (two.Line, two.Scopes, two.SelfApproval));
    }

    [Fact]
    public void Explains_who_took_part_and_what_the_others_lacked()
    {
        var set = Some.Set(Three + """
            ,{"id":"other","action":"b","decision":"deny"}
            ,{"id":"far","action":"a","decision":"deny","resource":"x","via":"claude","argv":["y"]}
            """);
        var explanation = set.Explain(Some.Ask("a", "asking"), null);
        Assert.Equal("Ask b-ask", explanation.Verdict.Says());
        Assert.Equal(["b-ask", "c-allow"], explanation.TookPart.Select(static r => r.Id));
        Assert.Equal(["a-deny", "far"], explanation.NearMisses.Select(static m => m.Rule.Id));
        var miss = explanation.NearMisses[0];
        Assert.Equal(("resource", """{"glob":"*deny"}""", "the ask's resource is \"asking\"", 1), (miss.Member, miss.Matcher, miss.Why, miss.Failures));
        Assert.Equal(3, explanation.NearMisses[1].Failures);
    }

    [Fact]
    public void Explains_each_kind_of_failure()
    {
        static string Why(string condition, AskMembers ask, ObservedPeer? observed = null)
        {
            var miss = Assert.Single(Some.Set("{\"id\":\"x\",\"action\":\"a\",\"decision\":\"allow\"," + condition + "}", static _ => (1, 2)).Explain(ask, observed).NearMisses);
            return $"{miss.Member} {miss.Matcher}: {miss.Why}";
        }

        Assert.Equal("resource \"r\": the ask has no resource", Why("\"resource\":\"r\"", Some.Ask("a")));
        Assert.Equal("argv [\"x\",{\"rest\":true}]: the ask's argv is [\"y\",\"\\\"\"]", Why("\"argv\":[\"x\",{\"rest\":true}]", Some.Ask("a", argv: ["y", "\""])));
        Assert.Equal("argv {\"any\":\"x\"}: the ask has no argv", Why("\"argv\":{\"any\":\"x\"}", Some.Ask("a")));
        Assert.Equal("details \"n\":1: the ask's n is \"1\"", Why("\"details\":{\"n\":1}", Some.Ask("a", details: [("n", "1")])));
        Assert.Equal("details \"n\":true: the ask's n is false", Why("\"details\":{\"n\":true}", Some.Ask("a", details: [("n", false)])));
        Assert.Equal("details \"n\":\"v\": the ask has no detail n", Why("\"details\":{\"n\":\"v\"}", Some.Ask("a")));
        Assert.Equal("via \"claude\": the ask's via is \"ask\"", Why("\"via\":\"claude\"", Some.Ask("a", via: "ask")));
        Assert.Equal("exe \"/bin/x\": the asker runs another file (device and inode differ)", Why("\"exe\":\"/bin/x\"", Some.Ask("a"), new(ObservedState.Known, 1, 3, null)));
        Assert.Equal("unit \"u\": the asker is in no unit", Why("\"unit\":\"u\"", Some.Ask("a"), new(ObservedState.Known, 1, 3, null)));
        Assert.StartsWith("exe \"/bin/x\": it is not known", Why("\"exe\":\"/bin/x\"", Some.Ask("a"), ObservedPeer.Unknown), StringComparison.Ordinal);
        Assert.Contains("has changed", Why("\"unit\":\"u\"", Some.Ask("a"), new(ObservedState.Changed, 1, 2, "u")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Near_misses_are_limited(int over)
    {
        var rules = Enumerable.Range(0, RuleLimits.NearMisses + over).Select(static i => "{\"id\":\"x" + i + "\",\"action\":\"a\",\"decision\":\"deny\",\"resource\":\"" + i + "\"}");
        var explanation = Some.Set(string.Join(',', rules)).Explain(Some.Ask("a"), null);
        Assert.Equal(RuleLimits.NearMisses, explanation.NearMisses.Count);
        Assert.Equal(over, explanation.NearMissesLeftOut);
    }
}
