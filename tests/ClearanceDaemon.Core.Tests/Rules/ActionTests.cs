using ClearanceDaemon.Core.Rules.Matchers;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Tests.Rules;

public sealed class ActionTests
{
    [Theory]
    [InlineData("net.connect", "net.connect", true)]
    [InlineData("net.connect", "net.connect.x", false)]
    [InlineData("net.connect", "net", false)]
    [InlineData("net.*", "net.connect", true)]
    [InlineData("net.*", "net", false)]
    [InlineData("net.*", "net.a.b", false)]
    [InlineData("*.read", "fs.read", true)]
    [InlineData("*.read", "a.b.read", false)]
    [InlineData("a.*.c", "a.b.c", true)]
    [InlineData("a.*.c", "a..c", false)]
    [InlineData("*", "a", true)]
    [InlineData("*", "a.b", false)]
    [InlineData("net.**", "net.a", true)]
    [InlineData("net.**", "net.a.b.c", true)]
    [InlineData("net.**", "net", false)]
    [InlineData("net.**", "nets.a", false)]
    [InlineData("**", "a", true)]
    [InlineData("**", "a.b.c.d.e.f.g.h", true)]
    [InlineData("*.**", "a", false)]
    [InlineData("*.**", "a.b", true)]
    [InlineData("*.b.**", "a.b.c.d", true)]
    public void Stars_are_whole_segments(string pattern, string action, bool matches)
    {
        Assert.Equal(matches, ActionPattern.Create(pattern)!.Matches(Some.Utf8(action)));
        var set = Some.Set("{\"id\":\"x\",\"action\":\"" + pattern + "\",\"decision\":\"allow\"}");
        Assert.Equal(matches ? "Allow x" : "Ask -", set.Decide(Some.Ask(action)).Says());
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a.")]
    [InlineData(".a")]
    [InlineData("a..b")]
    [InlineData("net.con*")]
    [InlineData("**.a")]
    [InlineData("a.**.b")]
    [InlineData("***")]
    [InlineData("Net")]
    [InlineData("a b")]
    [InlineData("ä")]
    [InlineData("a:b")]
    public void Patterns_that_are_none(string pattern)
    {
        Assert.Null(ActionPattern.Create(pattern));
        var problem = Assert.Single(Some.Problems("{\"version\":1,\"rules\":[{\"id\":\"x\",\"action\":\"" + pattern + "\",\"decision\":\"deny\"}]}"));
        Assert.StartsWith("1:42: action is a pattern", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Segments_are_limited()
    {
        Assert.NotNull(ActionPattern.Create(string.Join('.', Enumerable.Repeat("a", ProtocolLimits.ActionSegments))));
        Assert.Null(ActionPattern.Create(string.Join('.', Enumerable.Repeat("a", ProtocolLimits.ActionSegments + 1))));
    }

    [Fact]
    public void A_rule_may_have_several_actions()
    {
        var set = Some.Set("""{"id":"x","action":["fs.read","net.*"],"decision":"allow"}""");
        Assert.Equal("Allow x", set.Decide(Some.Ask("fs.read")).Says());
        Assert.Equal("Allow x", set.Decide(Some.Ask("net.a")).Says());
        Assert.Equal("Ask -", set.Decide(Some.Ask("fs.write")).Says());
    }
}
