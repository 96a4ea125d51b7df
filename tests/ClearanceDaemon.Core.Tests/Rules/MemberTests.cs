using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Tests.Rules;

public sealed class MemberTests
{
    [Theory]
    [InlineData("\"a\"", "a", true)]
    [InlineData("\"a\"", "ab", false)]
    [InlineData("\"a\"", "A", false)]
    [InlineData("""{"equals":"a"}""", "a", true)]
    [InlineData("""{"equals":""}""", "", true)]
    [InlineData("""{"oneOf":["a","b"]}""", "b", true)]
    [InlineData("""{"oneOf":["a","b"]}""", "c", false)]
    [InlineData("""{"glob":"a*"}""", "abc", true)]
    public void Values_of_a_resource(string matcher, string resource, bool matches)
    {
        Assert.Equal(matches, Some.Matcher(matcher).Matches(resource));
        var set = Some.Set("{\"id\":\"x\",\"action\":\"a\",\"resource\":" + matcher + ",\"decision\":\"allow\"}");
        Assert.Equal(matches ? "Allow x" : "Ask -", set.Decide(Some.Ask("a", resource)).Says());
    }

    [Theory]
    [InlineData("\"resource\":{\"glob\":\"*\"}")]
    [InlineData("\"resource\":\"\"")]
    [InlineData("\"via\":\"claude\"")]
    [InlineData("\"argv\":[]")]
    [InlineData("\"details\":{\"n\":{\"glob\":\"*\"}}")]
    [InlineData("\"details\":{\"n\":0}")]
    [InlineData("\"details\":{\"n\":false}")]
    public void An_absent_member_does_not_match(string condition)
    {
        var set = Some.Set("{\"id\":\"x\",\"action\":\"a\"," + condition + ",\"decision\":\"deny\"}");
        Assert.Equal("Ask -", set.Decide(Some.Ask("a")).Says());
    }

    [Theory]
    [InlineData("\"tcp\"", "tcp", true)]
    [InlineData("\"tcp\"", "udp", false)]
    [InlineData("""{"oneOf":["tcp","udp"]}""", "udp", true)]
    [InlineData("""{"glob":"t*"}""", "tcp", true)]
    [InlineData("""{"host":"*.org"}""", "a.org", true)]
    [InlineData("""{"cidr":"10.0.0.0/8"}""", "10.0.0.1", true)]
    [InlineData("true", true, true)]
    [InlineData("true", false, false)]
    [InlineData("false", false, true)]
    [InlineData("1", true, false)]
    [InlineData("true", 1, false)]
    [InlineData("1", "1", false)]
    [InlineData("\"1\"", 1, false)]
    [InlineData("-5", -5, true)]
    [InlineData("5", -5, false)]
    public void Details_match_by_kind_and_value(string matcher, object value, bool matches)
    {
        var set = Some.Set("{\"id\":\"x\",\"action\":\"a\",\"details\":{\"n\":" + matcher + "},\"decision\":\"allow\"}");
        Assert.Equal(matches ? "Allow x" : "Ask -", set.Decide(Some.Ask("a", details: [("m", "other"), ("n", value)])).Says());
    }

    [Fact]
    public void All_details_of_a_rule_must_match()
    {
        var set = Some.Set("""{"id":"x","action":"a","details":{"n":1,"m":"v"},"decision":"allow"}""");
        Assert.Equal("Allow x", set.Decide(Some.Ask("a", details: [("m", "v"), ("n", 1), ("o", true)])).Says());
        Assert.Equal("Ask -", set.Decide(Some.Ask("a", details: [("n", 1)])).Says());
        Assert.Equal("Ask -", set.Decide(Some.Ask("a", details: [("m", "w"), ("n", 1)])).Says());
    }

    [Theory]
    [InlineData("9007199254740991", true)]
    [InlineData("-9007199254740991", true)]
    [InlineData("9007199254740992", false)]
    [InlineData("-9007199254740992", false)]
    [InlineData("1.0", false)]
    [InlineData("1e3", false)]
    public void Integers_have_limits(string number, bool accepted)
    {
        var problems = Some.Problems("{\"version\":1,\"rules\":[{\"id\":\"x\",\"action\":\"a\",\"decision\":\"deny\",\"details\":{\"n\":" + number + "}}]}");
        Assert.Equal(accepted ? 0 : 1, problems.Length);
    }

    [Fact]
    public void Details_are_limited_in_number_and_name()
    {
        static string[] With(int count, int length) => Some.Problems("{\"version\":1,\"rules\":[{\"id\":\"x\",\"action\":\"a\",\"decision\":\"deny\",\"details\":{" +
            string.Join(',', Enumerable.Range(0, count).Select(i => "\"" + $"{i}".PadLeft(length, 'x') + "\":1")) + "}}]}");

        Assert.Empty(With(ProtocolLimits.DetailMembers, ProtocolLimits.DetailNameBytes));
        Assert.Contains("details is an object", Assert.Single(With(ProtocolLimits.DetailMembers + 1, 4)), StringComparison.Ordinal);
        Assert.Contains("1 to 64 bytes", Assert.Single(With(1, ProtocolLimits.DetailNameBytes + 1)), StringComparison.Ordinal);
        Assert.Contains("details is an object", Assert.Single(With(0, 0)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"claude\"", "claude", true)]
    [InlineData("\"claude\"", "ask", false)]
    [InlineData("""{"oneOf":["claude","ci"]}""", "ci", true)]
    public void Via_is_the_socket(string via, string asked, bool matches)
    {
        var set = Some.Set("{\"id\":\"x\",\"action\":\"a\",\"via\":" + via + ",\"decision\":\"allow\"}");
        Assert.Equal(matches ? "Allow x" : "Ask -", set.Decide(Some.Ask("a", via: asked)).Says());
    }

    [Theory]
    [InlineData("\"via\":{\"glob\":\"*\"}", "via is a string, or an object with one of equals, oneOf")]
    [InlineData("\"resource\":{}", "one of equals, oneOf, glob, host, cidr, under")]
    [InlineData("\"resource\":{\"equals\":\"a\",\"glob\":\"b\"}", "one of equals")]
    [InlineData("\"resource\":{\"equals\":\"a\",\"port\":1}", "no member \"port\"; allowed here: equals")]
    [InlineData("\"resource\":{\"regex\":\"a\"}", "one of equals")]
    [InlineData("\"resource\":[\"a\"]", "resource is a string")]
    [InlineData("\"resource\":null", "resource is a string")]
    [InlineData("\"resource\":{\"equals\":1}", "equals is a string")]
    [InlineData("\"resource\":{\"oneOf\":[]}", "at least one element")]
    [InlineData("\"resource\":{\"oneOf\":\"a\"}", "at least one element")]
    [InlineData("\"resource\":{\"oneOf\":[\"a\",\"a\"]}", "already in this oneOf")]
    [InlineData("\"resource\":{\"glob\":\"\"}", "glob is a string of 1 to")]
    [InlineData("\"exe\":\"git\"", "exe is the absolute path")]
    [InlineData("\"exe\":\"/usr/../bin/git\"", "exe is the absolute path")]
    [InlineData("\"exe\":[\"/bin/sh\"]", "exe is the absolute path")]
    [InlineData("\"unit\":{\"under\":\"/\"}", "unit is a string")]
    [InlineData("\"details\":{\"n\":null}", "a detail is a string")]
    [InlineData("\"details\":{\"n\":[1]}", "a detail is a string")]
    [InlineData("\"details\":[]", "details is an object")]
    public void Matchers_that_are_none(string condition, string message) =>
        Assert.Contains(message, Some.Problem("\"decision\":\"deny\"," + condition), StringComparison.Ordinal);

    [Theory]
    [InlineData("\"a\\\"b\"")]
    [InlineData("""{"oneOf":["a","b"]}""")]
    [InlineData("""{"glob":"a*\\*"}""")]
    [InlineData("""{"under":"/srv"}""")]
    [InlineData("""{"cidr":"2001:db8::/32","port":[1,2]}""")]
    public void A_description_is_what_a_file_would_say(string json) => Assert.Equal(json, Some.Matcher(json).Describe());
}
