using ClearanceDaemon.Core.Rules;

namespace ClearanceDaemon.Core.Tests.Rules;

public sealed class HostTests
{
    [Theory]
    [InlineData("api.github.com:443", true)]
    [InlineData("API.GitHub.COM:443", true)]
    [InlineData("api.github.com.:443", true)]
    [InlineData("a.b.github.com:443", true)]
    [InlineData("api.github.com:0443", true)]
    [InlineData("github.com:443", false)]
    [InlineData(".github.com:443", false)]
    [InlineData("evilgithub.com:443", false)]
    [InlineData("api.github.com.evil.org:443", false)]
    [InlineData("api.github.com:80", false)]
    [InlineData("api.github.com", false)]
    [InlineData("api.github.com:", false)]
    [InlineData("api.github.com:https", false)]
    [InlineData("api.github.com:443:443", false)]
    [InlineData("api.github.com:-443", false)]
    [InlineData("api.github.com:+443", false)]
    [InlineData("api.github.com:65979", false)]
    [InlineData("api.github.com..:443", false)]
    [InlineData("api..github.com:443", false)]
    [InlineData("", false)]
    [InlineData(":443", false)]
    public void A_domain_and_a_port(string resource, bool matches) =>
        Assert.Equal(matches, Some.Matcher("{\"host\":\"*.github.com\",\"port\":443}").Matches(resource));

    [Theory]
    [InlineData("evil.org/.github.com:443")]
    [InlineData("evil.org?.github.com:443")]
    [InlineData("evil.org#.github.com:443")]
    [InlineData("evil.org\\.github.com:443")]
    [InlineData("me@api.github.com:443")]
    [InlineData("evil.org／.github.com:443")]
    [InlineData("evil org.github.com:443")]
    [InlineData("evil.org%2f.github.com:443")]
    [InlineData("[api.github.com]:443")]
    public void Text_that_another_parser_might_split_elsewhere_is_no_host(string resource)
    {
        Assert.False(Some.Matcher("{\"host\":\"*.github.com\"}").Matches(resource));
        Assert.Equal("Ask -", Decide("{\"host\":\"*.github.com\"}", resource));
    }

    [Theory]
    [InlineData("example.org", true)]
    [InlineData("example.org:1", true)]
    [InlineData("EXAMPLE.org.:65535", true)]
    [InlineData("example.org:65536", false)]
    [InlineData("example.org:99999999999999999999", false)]
    [InlineData("www.example.org", false)]
    [InlineData("xexample.org", false)]
    public void An_exact_host_with_any_port_or_none(string resource, bool matches)
    {
        Assert.Equal(matches, Some.Matcher("{\"host\":\"Example.ORG.\"}").Matches(resource));
        Assert.Equal(matches ? "Allow x" : "Ask -", Decide("{\"host\":\"Example.ORG.\"}", resource));
    }

    [Theory]
    [InlineData("443", 443, true)]
    [InlineData("443", 444, false)]
    [InlineData("[80,443]", 80, true)]
    [InlineData("[80,443]", 443, true)]
    [InlineData("[80,443]", 81, false)]
    [InlineData("\"1-1024\"", 1, true)]
    [InlineData("\"1-1024\"", 1024, true)]
    [InlineData("\"1-1024\"", 0, false)]
    [InlineData("\"1-1024\"", 1025, false)]
    [InlineData("[22,\"8000-8100\"]", 8050, true)]
    [InlineData("[22,\"8000-8100\"]", 8101, false)]
    [InlineData("0", 0, true)]
    [InlineData("65535", 65535, true)]
    public void Ports(string port, int asked, bool matches) =>
        Assert.Equal(matches, Some.Matcher("{\"host\":\"h\",\"port\":" + port + "}").Matches($"h:{asked}"));

    [Theory]
    [InlineData("65536")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("1e2")]
    [InlineData("\"443\"")]
    [InlineData("\"5-1\"")]
    [InlineData("\"1-65536\"")]
    [InlineData("\"1-2-3\"")]
    [InlineData("\" 1-2\"")]
    [InlineData("\"01-2\"")]
    [InlineData("\"-\"")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[[1]]")]
    public void Ports_that_are_none(string port) =>
        Assert.Contains("port is a number", Some.Problem("\"decision\":\"deny\",\"resource\":{\"host\":\"h\",\"port\":" + port + "}"), StringComparison.Ordinal);

    [Fact]
    public void No_ports_at_all_are_refused() =>
        Assert.Contains("at least one", Some.Problem("\"decision\":\"deny\",\"resource\":{\"host\":\"h\",\"port\":[]}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("*")]
    [InlineData("*.")]
    [InlineData("*.*.org")]
    [InlineData("a.*.org")]
    [InlineData("*github.com")]
    [InlineData("h:443")]
    [InlineData("https://h")]
    [InlineData("h/x")]
    [InlineData("пример.рф")]
    [InlineData("..")]
    [InlineData(".h")]
    [InlineData("h..")]
    [InlineData("[h]")]
    public void Names_that_are_none(string host) =>
        Assert.Contains("host is a name", Some.Problem("\"decision\":\"deny\",\"resource\":{\"host\":\"" + host + "\"}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("[2001:db8::1]")]
    [InlineData("2001:db8::1")]
    [InlineData("2001:0DB8:0::0:1")]
    public void A_host_that_is_an_address_is_compared_as_one(string host)
    {
        var matcher = Some.Matcher("{\"host\":\"" + host + "\",\"port\":443}");
        Assert.True(matcher.Matches("[2001:db8::1]:443"));
        Assert.True(matcher.Matches("[2001:DB8:0:0::1]:443"));
        Assert.False(matcher.Matches("[2001:db8::1]:80"));
        Assert.False(matcher.Matches("[2001:db8::1]"));
        Assert.False(matcher.Matches("[2001:db8::2]:443"));
        Assert.False(matcher.Matches("[2001:db8::1]443"));
        Assert.False(matcher.Matches("[2001:db8::1:443"));
    }

    [Fact]
    public void Host_names_have_a_longest()
    {
        var longest = string.Join('.', Enumerable.Repeat(new string('a', 62), 5))[..RuleLimits.HostBytes];
        Assert.True(Some.Matcher("{\"host\":\"" + longest + "\"}").Matches(longest));
        Assert.Contains("host is a name", Some.Problem("\"decision\":\"deny\",\"resource\":{\"host\":\"" + longest + "b\"}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(100)]
    [InlineData(2000)]
    public void A_host_of_many_labels_does_not_slip_past_a_deny(int labels)
    {
        var set = Some.Set("""{"id":"x","action":"net","resource":{"host":"*.evil.org"},"decision":"deny"}""");
        var host = string.Concat(Enumerable.Repeat("a.", labels)) + "evil.org";
        Assert.Equal("Deny x", set.Decide(Some.Ask("net", host)).Says());
        Assert.Equal("Deny x", set.Decide(Some.Ask("net", host + ":443")).Says());
    }

    [Fact]
    public void Describes_itself_as_a_file_would_write_it()
    {
        Assert.Equal("""{"host":"*.a.org","port":[80,"8000-8100"]}""", Some.Matcher("""{"host":"*.A.org.","port":[80,"8000-8100"]}""").Describe());
        Assert.Equal("""{"host":"a.org"}""", Some.Matcher("""{"host":"a.org"}""").Describe());
    }

    private static string Decide(string resource, string asked) =>
        Some.Set("{\"id\":\"x\",\"action\":\"net\",\"resource\":" + resource + ",\"decision\":\"allow\"}").Decide(Some.Ask("net", asked)).Says();
}
