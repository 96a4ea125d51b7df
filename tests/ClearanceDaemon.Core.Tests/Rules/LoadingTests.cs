using System.Text;
using ClearanceDaemon.Core.Documents;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Core.Rules.Loading;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Tests.Rules;

public sealed class LoadingTests
{
    [Theory]
    [InlineData("", "1:1: this is not JSON")]
    [InlineData("[]", "1:1: a rule file is an object")]
    [InlineData("{}", "1:1: the file needs \"version\": 1")]
    [InlineData("{\"version\":2}", "1:12: version is 1")]
    [InlineData("{\"version\":1.0}", "1:12: version is 1")]
    [InlineData("{\"version\":\"1\"}", "1:12: version is 1")]
    [InlineData("{\"version\":1,\"version\":1}", "1:14: \"version\" is written twice")]
    [InlineData("{\"version\":1,\"\\u0076ersion\":1}", "1:14: \"version\" is written twice")]
    [InlineData("{\"version\":1,\"rule\":[]}", "1:14: a rule file has no member \"rule\"; allowed here: version, rules, tests")]
    [InlineData("{\"version\":1,\"rules\":{}}", "1:22: \"rules\" is an array")]
    [InlineData("{\"version\":1,\"rules\":[1]}", "1:23: a rule is an object")]
    [InlineData("{\"version\":1,\n\"rules\":[],}", "2:12: a comma must not stand before ] or }")]
    [InlineData("{\"version\":1,\n \"rules\":[1,]}", "2:13: a comma must not stand")]
    [InlineData("{\"version\":1}\n// fine\n{}", "3:1: this is not JSON")]
    [InlineData("{\"version\":1", "1:13: this is not JSON")]
    [InlineData("{\"version\":1,\n\n  rules:[]}", "3:3: this is not JSON")]
    [InlineData("\uFEFF{\"version\":1}", "1:1: the file starts with a byte order mark")]
    [InlineData("{\"version\":1,\"tests\":[1]}", "1:23: a test is an object")]
    public void A_broken_file_is_refused_at_the_place(string file, string expected) =>
        Assert.Contains(Some.Problems(file), p => p.StartsWith(expected, StringComparison.Ordinal));

    [Fact]
    public void Comments_of_both_kinds_may_stand_between_values()
    {
        Assert.Empty(Some.Problems("// a\n{/* b */\"version\": // d\n 1 /* c\n */, // e\n\"rules\":/**/[/* g */]}\n// f"));
        Assert.StartsWith("1:11: this is not JSON", Assert.Single(Some.Problems("{\"version\"/* not before a colon */:1}")), StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_count_characters_not_bytes() =>
        Assert.StartsWith("2:11: a rule has no member", Some.Problems("{\"version\":1,\"rules\":[{\"id\":\"x\",\"action\":\"a\",\"decision\":\"deny\",\n/* äö𝄞 */ \"x\":1}]}").Single(), StringComparison.Ordinal);

    [Fact]
    public void Every_problem_is_reported()
    {
        var problems = Some.Problems("""
            {"version":3,
             "rules":[
              {"id":"a b","action":"A","decision":"maybe","x":1},
              {"action":"a"},
              {"id":"ok","action":"a","decision":"ask","deadline":"5 m","scopes":[],"whenNobody":"x","selfApproval":1,"ceiling":"0s"}],
             "tests":[{"ask":{"action":"*"},"expect":"allow"}], "y":{"z":[1]}}
            """);
        string[] expected =
            [
                "1:12: version is 1", "3:47: a rule has no member \"x\"", "3:39: decision is one of \"ask\", \"allow\", \"deny\"", "3:9: id is a string of 1 to 64",
                "3:24: action is a pattern", "4:3: a rule needs \"id\"", "4:3: a rule needs \"decision\"", "5:86: whenNobody is one of", "5:55: deadline is a duration", "5:70: scopes is an array with",
                "5:117: ceiling is a duration", "5:105: selfApproval is true or false", "6:18: an ask needs an \"action\"", "6:42: expect is one of \"ask\", \"allowed\", \"denied\"", "6:53: a rule file has no member \"y\"",
            ];
        Assert.Equal(expected.Length, problems.Length);
        Assert.Equal(expected, problems.Zip(expected, static (problem, start) => problem.StartsWith(start, StringComparison.Ordinal) ? start : problem));
    }

    [Theory]
    [InlineData("\"decision\":\"allow\",\"deadline\":\"5m\"", "\"deadline\" means nothing with \"decision\": \"allow\"")]
    [InlineData("\"decision\":\"deny\",\"whenNobody\":\"deny\"", "\"whenNobody\" means nothing")]
    [InlineData("\"decision\":\"deny\",\"scopes\":[\"once\"]", "\"scopes\" means nothing")]
    [InlineData("\"decision\":\"allow\",\"ceiling\":\"1h\"", "\"ceiling\" means nothing")]
    [InlineData("\"decision\":\"allow\",\"selfApproval\":true", "\"selfApproval\" means nothing")]
    [InlineData("\"decision\":\"deny\",\"handler\":\"h\"", "\"handler\" means nothing")]
    [InlineData("\"decision\":\"allow\",\"reason\":\"r\"", "\"reason\" means nothing")]
    [InlineData("\"decision\":\"ask\",\"scopes\":[\"once\"],\"ceiling\":\"1h\"", "\"ceiling\" means nothing when \"scopes\" is only \"once\"")]
    [InlineData("\"decision\":\"ask\",\"scopes\":[\"once\",\"once\"]", "already in scopes")]
    [InlineData("\"decision\":\"ask\",\"scopes\":[\"never\"]", "each of scopes is one of \"once\", \"for\", \"until-exit\", \"uses\", \"always\"")]
    [InlineData("\"decision\":\"ask\",\"deadline\":\"367d\"", "at most 366d")]
    [InlineData("\"decision\":\"ask\",\"deadline\":90", "deadline is a duration")]
    [InlineData("\"decision\":\"ask\",\"handler\":\"a/b\"", "handler is a string of 1 to 64")]
    [InlineData("\"decision\":\"deny\",\"reason\":\"\"", "reason is a string of 1 to 2048")]
    [InlineData("\"decision\":\"deny\",\"reason\":\"\\ud800\"", "half of a surrogate pair")]
    [InlineData("\"decision\":\"deny\",\"resource\":\"\\u0000\"", "\\u0000 is not allowed")]
    [InlineData("\"decision\":\"deny\",\"comment\":\"c\"", "no member \"comment\"")]
    [InlineData("\"decision\":\"deny\",\"decision\":\"deny\"", "written twice")]
    [InlineData("\"decision\":\"deny\",\"resource\":{\"equals\":\"a\",\"equals\":\"a\"}", "written twice")]
    public void What_means_nothing_is_refused(string members, string message) =>
        Assert.Contains(Some.Problems("{\"version\":1,\"rules\":[{\"id\":\"x\",\"action\":\"a\"," + members + "}]}"), p => p.Contains(message, StringComparison.Ordinal));

    [Fact]
    public void A_byte_that_is_not_UTF_8_is_found()
    {
        using var dir = new TempRules();
        File.WriteAllBytes(dir["a.json"], [.. "{\n// ä"u8, 0xff, .. "\n\"version\":1}"u8]);
        var problem = Assert.Single(dir.Load().Problems);
        Assert.Equal((2, 5, "this byte is not UTF-8; save the file as UTF-8"), (problem.Line, problem.Column, problem.Message));
    }

    [Fact]
    public void Ids_are_unique_over_all_files()
    {
        using var dir = new TempRules();
        var first = dir.Write("10.json", TempRules.Deny);
        dir.Write("20.json", "\n" + TempRules.Deny);
        var load = dir.Load();
        Assert.Null(load.Set);
        Assert.Equal($"{dir["20.json"]}:2:23: the id \"no\" is already that of the rule at {first}:1; ids are unique over all files", Assert.Single(load.Problems).ToString());
    }

    [Theory]
    [InlineData(RuleLimits.IdBytes, 0)]
    [InlineData(RuleLimits.IdBytes + 1, 1)]
    public void Ids_have_a_longest(int length, int problems) =>
        Assert.Equal(problems, Some.Problems("{\"version\":1,\"rules\":[{\"id\":\"" + new string('i', length) + "\",\"action\":\"a\",\"decision\":\"deny\"}]}").Length);

    [Theory]
    [InlineData(ProtocolLimits.ReasonBytes / 2, 0)]
    [InlineData((ProtocolLimits.ReasonBytes / 2) + 1, 1)]
    public void Reasons_have_a_longest(int length, int problems) =>
        Assert.Equal(problems, Some.Problems("{\"version\":1,\"rules\":[{\"id\":\"x\",\"action\":\"a\",\"decision\":\"deny\",\"reason\":\"" + new string('ä', length) + "\"}]}").Length);

    [Theory]
    [InlineData(DocumentSyntax.Depth, 0)]
    [InlineData(DocumentSyntax.Depth + 1, 1)]
    public void Nesting_is_limited(int depth, int broken)
    {
        var problems = Some.Problems("{\"version\":1,\"x\":" + new string('[', depth - 1) + new string(']', depth - 1) + "}");
        Assert.Equal(broken, problems.Count(static p => p.Contains("not JSON", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_file_has_a_largest_size(int over)
    {
        using var dir = new TempRules();
        dir.Write("big.json", TempRules.Deny + new string(' ', RuleLimits.FileBytes + over - TempRules.Deny.Length));
        var load = dir.Load();
        Assert.Equal(over == 0, load.Set is not null);
        Assert.Equal(over, load.Problems.Count(static p => p.Message.Contains("larger than 16777216 bytes", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void All_files_together_have_a_most_of_rules(int over)
    {
        using var dir = new TempRules();
        dir.Write("a.json", Many("a", RuleLimits.Rules / 2));
        dir.Write("b.json", Many("b", (RuleLimits.Rules / 2) + over));
        var load = dir.Load();
        Assert.Equal(over == 0 ? RuleLimits.Rules : null, load.Set?.Count);
        Assert.Equal(over, load.Problems.Count);
        Assert.All(load.Problems, p => Assert.Contains("at most 200000 rules", p.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(DocumentText.MaxProblems, 1000)]
    [InlineData(DocumentText.MaxProblems + 1, 1000)]
    public void Problems_of_one_file_are_limited(int wrong, int reported)
    {
        var problems = Some.Problems("{\"version\":1,\"rules\":[" + string.Join(',', Enumerable.Repeat("1", wrong)) + "]}");
        Assert.Equal(reported, problems.Length);
        Assert.Contains("and more", problems[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_hash_covers_the_files_in_the_order_of_their_paths()
    {
        using var dir = new TempRules();
        dir.Write("20.json", TempRules.Allow);
        dir.Write("10.json", TempRules.Deny);
        dir.Write("skipped.txt", "x");
        var expected = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(TempRules.Deny + TempRules.Allow)));
        Assert.Equal(expected, dir.Load().Set!.Sha256);
        Assert.Equal(RuleSet.Empty.Sha256, new RuleLoader(static _ => null, null).Load([], areNamed: false).Set!.Sha256);
    }

    private static string Many(string prefix, int count)
    {
        var text = new StringBuilder("{\"version\":1,\"rules\":[");
        for (var i = 0; i < count; i++)
        {
            text.Append(i == 0 ? "" : ",").Append("{\"id\":\"").Append(prefix).Append(i).Append("\",\"action\":\"a\",\"decision\":\"deny\"}");
        }

        return text.Append("]}").ToString();
    }
}
