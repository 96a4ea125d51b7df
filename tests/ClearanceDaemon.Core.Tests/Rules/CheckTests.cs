using ClearanceDaemon.Core.Documents;
using ClearanceDaemon.Core.Rules;

namespace ClearanceDaemon.Core.Tests.Rules;

public sealed class CheckTests
{
    [Fact]
    public void Tests_run_against_the_whole_set()
    {
        using var dir = new TempRules();
        dir.Write("a.json", TempRules.Deny);
        dir.Write("b.json", """
            {"version":1,"rules":[{"id":"yes","action":"a","resource":"r","decision":"allow"}],
             "tests":[
               {"ask":{"action":"a","resource":"r"},"expect":"denied","rule":"no"},
               {"ask":{"action":"a","resource":"r"},"expect":"allowed"},
               {"ask":{"action":"a"},"expect":"denied","rule":"yes"},
               {"ask":{"action":"b"},"expect":"ask"},
               {"ask":{"action":"b"},"expect":"denied"}]}
            """);
        var report = RuleCheck.Run([dir.Path]);
        Assert.Equal((2, 2, 3), (report.Rules, report.TestsPassed, report.TestsFailed.Count));
        Assert.False(report.IsGood);
        Assert.Equal(
            [
                $"{dir["b.json"]}:4:4: the test expects allowed, the rules say denied by rule no ({dir["a.json"]}:1)",
                $"{dir["b.json"]}:5:4: the test expects denied by rule yes, the rules say denied by rule no ({dir["a.json"]}:1)",
                $"{dir["b.json"]}:7:4: the test expects denied, the rules say ask by default: no rule matches",
            ],
            report.TestsFailed.Select(static f => f.ToString()));
    }

    [Fact]
    public void A_test_sees_all_members_of_its_ask()
    {
        var report = Check("""
            {"version":1,"rules":[{"id":"x","action":"a","resource":"r","argv":["p"],"details":{"s":"t","n":-1,"b":true},"via":"claude","decision":"allow"}],
             "tests":[{"ask":{"action":"a","resource":"r","argv":["p"],"details":{"s":"t","n":-1,"b":true},"via":"claude","title":"t","reason":"r","project":"/p","as":"self"},"expect":"allowed"}]}
            """);
        Assert.True(report.IsGood);
        Assert.Equal(1, report.TestsPassed);
    }

    [Fact]
    public void A_test_may_say_what_is_seen_of_the_asker()
    {
        const string File = """
            {"version":1,"rules":[{"id":"x","action":"a","exe":"/bin/git","unit":"u","via":"v","decision":"allow"}],"tests":[
             {"ask":{"action":"a","via":"v"},"observed":{"exe":"/bin/git","unit":"u"},"expect":"allowed"},
             {"ask":{"action":"a","via":"v"},"observed":{"exe":"/bin/sh","unit":"u"},"expect":"ask"},
             {"ask":{"action":"a","via":"v"},"observed":{"exe":"/bin/git"},"expect":"ask"},
             {"ask":{"action":"a","via":"v"},"expect":"ask"}]}
            """;
        var report = Check(File, static path => path switch { "/bin/git" => (1, 2), "/bin/sh" => (1, 3), _ => null });
        Assert.Empty(report.TestsFailed);
        Assert.Equal(4, report.TestsPassed);
    }

    [Theory]
    [InlineData("\"exe\":\"/bin/x\"", "allow", true)]
    [InlineData("\"unit\":\"u\"", "allow", true)]
    [InlineData("\"unit\":\"u\",\"resource\":\"r\"", "allow", true)]
    [InlineData("\"exe\":\"/bin/x\",\"via\":\"claude\"", "allow", false)]
    [InlineData("\"exe\":\"/bin/x\"", "deny", false)]
    [InlineData("\"exe\":\"/bin/x\"", "ask", false)]
    [InlineData("\"resource\":\"r\"", "allow", false)]
    public void B72_an_allow_that_rests_on_observed_facts_alone_is_flagged(string condition, string decision, bool flagged)
    {
        var report = Check("{\"version\":1,\"rules\":[\n{\"id\":\"x\",\"action\":\"a\"," + condition + ",\"decision\":\"" + decision + "\"}]}");
        Assert.True(report.IsGood);
        Assert.Equal(flagged ? 1 : 0, report.Problems.Count);
        Assert.All(report.Problems, static p =>
        {
            Assert.Equal((2, 1, DocumentSeverity.Warning), (p.Line, p.Column, p.Severity));
            Assert.StartsWith("x: this allow rests on exe or unit alone", p.Message, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("\"action\":\"a\"", "\"action\":\"a\"", true)]
    [InlineData("\"action\":\"a\"", "\"action\":\"a\",\"resource\":\"r\"", true)]
    [InlineData("\"action\":\"**\"", "\"action\":[\"a\",\"b.c\"],\"argv\":[\"x\"]", true)]
    [InlineData("\"action\":\"b.*\"", "\"action\":[\"a\",\"b.c\"]", false)]
    [InlineData("\"action\":\"b.*\"", "\"action\":\"b.*\"", true)]
    [InlineData("\"action\":\"b.*\"", "\"action\":\"*.c\"", false)]
    [InlineData("\"action\":[\"a\",\"b\"]", "\"action\":[\"b\",\"a\"]", true)]
    [InlineData("\"action\":\"a\",\"resource\":\"r\"", "\"action\":\"a\"", false)]
    [InlineData("\"action\":\"a\",\"resource\":\"r\"", "\"action\":\"a\",\"resource\":\"r\"", true)]
    [InlineData("\"action\":\"a\",\"resource\":\"r\"", "\"action\":\"a\",\"resource\":{\"equals\":\"r\"}", true)]
    [InlineData("\"action\":\"a\",\"details\":{\"m\":1,\"n\":2}", "\"action\":\"a\",\"details\":{\"n\":2,\"m\":1}", true)]
    [InlineData("\"action\":\"a\",\"unit\":\"u\"", "\"action\":\"a\"", false)]
    public void A_rule_that_can_never_decide_is_flagged(string stronger, string weaker, bool flagged)
    {
        var file = "{\"version\":1,\"rules\":[{\"id\":\"weak\"," + weaker + ",\"decision\":\"allow\"},{\"id\":\"strong\"," + stronger + ",\"decision\":\"deny\"}]}";
        var report = Check(file);
        Assert.Equal(flagged, report.Problems.Count == 1);
        Assert.All(report.Problems, static p => Assert.StartsWith("weak: rule strong (", p.Message, StringComparison.Ordinal));
        var swapped = file.Replace("allow", "DENY", StringComparison.Ordinal).Replace("deny", "allow", StringComparison.Ordinal).Replace("DENY", "deny", StringComparison.Ordinal);
        Assert.DoesNotContain(Check(swapped).Problems, static p => p.Message.StartsWith("weak", StringComparison.Ordinal));
    }

    [Fact]
    public void A_check_leaves_the_ranks_alone()
    {
        var set = Some.Set("""{"id":"a","action":"a","resource":"r","decision":"deny"},{"id":"b","action":"**","decision":"ask"},{"id":"c","action":"a","decision":"allow"}""");
        Assert.Single(RuleLint.Find(set));
        Assert.Equal([0, 1, 2], set.Rules.Select(static r => r.Rank));
    }

    [Fact]
    public void With_errors_no_test_runs()
    {
        var report = Check("""{"version":1,"rules":[{"id":"x"}],"tests":[{"ask":{"action":"a"},"expect":"denied"}]}""");
        Assert.False(report.IsGood);
        Assert.Equal((0, 0, 0), (report.Rules, report.TestsPassed, report.TestsFailed.Count));
        Assert.Equal(2, report.Problems.Count);
    }

    [Theory]
    [InlineData("""{"expect":"ask"}""", "a test needs \"ask\" and \"expect\"")]
    [InlineData("""{"ask":{"action":"a"}}""", "a test needs \"ask\" and \"expect\"")]
    [InlineData("""{"ask":{"action":"a"},"expect":"deny"}""", "expect is one of")]
    [InlineData("""{"ask":1,"expect":"ask"}""", "ask is an object")]
    [InlineData("""{"ask":{"resource":"r"},"expect":"ask"}""", "an ask needs an \"action\"")]
    [InlineData("""{"ask":{"action":"a","resource":"/a/../b"},"expect":"ask"}""", "is refused before any rule sees it")]
    [InlineData("""{"ask":{"action":"a","argv":"x"},"expect":"ask"}""", "argv is an array")]
    [InlineData("""{"ask":{"action":"a","argv":[1]},"expect":"ask"}""", "argv is an array")]
    [InlineData("""{"ask":{"action":"a","details":[]},"expect":"ask"}""", "details is an object")]
    [InlineData("""{"ask":{"action":"a","details":{"n":null}},"expect":"ask"}""", "a detail that is neither")]
    [InlineData("""{"ask":{"action":"a"},"observed":[],"expect":"ask"}""", "observed is an object")]
    public void A_test_that_is_none_is_refused(string test, string message) =>
        Assert.Contains(Some.Problems("{\"version\":1,\"tests\":[" + test + "]}"), p => p.Contains(message, StringComparison.Ordinal));

    [Fact]
    public void B67_a_named_file_that_the_daemon_would_not_read_is_flagged()
    {
        using var dir = new TempRules();
        var report = RuleCheck.Run([dir.Write("rules.txt", TempRules.Deny)]);
        Assert.True(report.IsGood);
        Assert.Contains("the daemon would not read this file", Assert.Single(report.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_there_or_not_trusted_is_an_error()
    {
        using var dir = new TempRules();
        Assert.False(RuleCheck.Run([dir["none.json"]]).IsGood);
        Assert.False(RuleCheck.Run([dir.Write("a.json", TempRules.Deny)], static _ => "is not yours").IsGood);
    }

    private static RuleCheckReport Check(string file, Func<string, (ulong, ulong)?>? identity = null)
    {
        using var dir = new TempRules();
        return RuleCheck.Run([dir.Write("a.json", file)], identity: identity);
    }
}
