namespace ClearanceDaemon.Core.Tests.Rules;

public sealed class ArgvTests
{
    [Theory]
    [InlineData("""["git","status"]""", "git status", true)]
    [InlineData("""["git","status"]""", "git status -s", false)]
    [InlineData("""["git","status"]""", "git", false)]
    [InlineData("""["git",{"rest":true}]""", "git", true)]
    [InlineData("""["git",{"rest":true}]""", "git log -p", true)]
    [InlineData("""["git",{"rest":true}]""", "gitk", false)]
    [InlineData("""[{"rest":true}]""", "anything at all", true)]
    [InlineData("""["rm",{"glob":"-*r*"},{"rest":true}]""", "rm -rf /", true)]
    [InlineData("""["rm",{"glob":"-*r*"},{"rest":true}]""", "rm -f /", false)]
    [InlineData("""["rm",{"glob":"-*r*"},{"rest":true}]""", "rm", false)]
    [InlineData("""[{"oneOf":["cat","less"]},"x"]""", "less x", true)]
    [InlineData("""[{"oneOf":["cat","less"]},"x"]""", "more x", false)]
    [InlineData("""{"any":"rm"}""", "sudo env rm -rf", true)]
    [InlineData("""{"any":"rm"}""", "rm", true)]
    [InlineData("""{"any":"rm"}""", "sh -c rm_-rf", false)]
    [InlineData("""{"any":{"glob":"--force*"}}""", "git push --force-with-lease", true)]
    [InlineData("""{"any":{"glob":"--force*"}}""", "git push", false)]
    public void Elements_are_matched_by_place_and_whole(string argv, string asked, bool matches) =>
        Assert.Equal(matches, Matches(argv, asked.Split(' ')));

    [Fact]
    public void B59_a_pattern_never_reaches_across_elements()
    {
        Assert.True(Matches("""["git",{"glob":"*"}]""", ["git", "log"]));
        Assert.False(Matches("""["git",{"glob":"*"}]""", ["git", "log", "&&", "curl", "evil.org"]));
        Assert.False(Matches("""[{"glob":"git *"}]""", ["git", "log"]));
        Assert.True(Matches("""[{"glob":"git *"}]""", ["git log"]));
    }

    [Fact]
    public void B59_a_deny_is_not_dodged_by_a_prefix()
    {
        var set = Some.Set("""
            {"id":"work","action":"shell.exec","argv":[{"rest":true}],"decision":"allow"},
            {"id":"no-rm","action":"shell.exec","argv":{"any":"rm"},"decision":"deny"}
            """);
        Assert.Equal("Deny no-rm", set.Decide(Some.Ask("shell.exec", argv: ["env", "X=1", "rm", "-rf", "/"])).Says());
        Assert.Equal("Deny no-rm", set.Decide(Some.Ask("shell.exec", argv: ["rm"])).Says());
        Assert.Equal("Allow work", set.Decide(Some.Ask("shell.exec", argv: ["ls", "rm.txt"])).Says());
    }

    [Fact]
    public void B59_ls_is_not_lsof()
    {
        Assert.False(Matches("""["ls",{"rest":true}]""", ["lsof", "-i"]));
        Assert.True(Matches("""["ls",{"rest":true}]""", ["ls", "-l"]));
    }

    [Fact]
    public void B59_a_literal_star_is_no_wildcard()
    {
        Assert.False(Matches("""["rm","*"]""", ["rm", "a"]));
        Assert.True(Matches("""["rm","*"]""", ["rm", "*"]));
        Assert.False(Matches("""["rm",{"glob":"\\*"}]""", ["rm", "a"]));
        Assert.True(Matches("""["rm",{"glob":"\\*"}]""", ["rm", "*"]));
    }

    [Fact]
    public void An_empty_argv_is_not_an_absent_one()
    {
        Assert.True(Matches("[]", []));
        Assert.False(Matches("[]", null));
        Assert.False(Matches("""[{"rest":true}]""", null));
        Assert.True(Matches("""[{"rest":true}]""", []));
        Assert.False(Matches("""{"any":{"glob":"*"}}""", null));
        Assert.False(Matches("""{"any":{"glob":"*"}}""", []));
    }

    [Theory]
    [InlineData("""[{"rest":true},"x"]""", "stands last")]
    [InlineData("""["x",{"rest":false}]""", "stands last")]
    [InlineData("""[{"rest":true},{"rest":true}]""", "stands last")]
    [InlineData("""[{"rest":true,"equals":"x"}]""", "stands last")]
    [InlineData("\"rm\"", "argv is an array")]
    [InlineData("{}", "argv is an array")]
    [InlineData("""{"any":"x","rest":true}""", "allowed here: any")]
    [InlineData("""{"any":["x"]}""", "an element of argv is a string")]
    [InlineData("""[1]""", "an element of argv is a string")]
    [InlineData("""[{"under":"/srv"}]""", "equals, oneOf, glob, host, cidr")]
    public void What_is_no_argv_is_refused(string argv, string message) =>
        Assert.Contains(message, Some.Problem("\"decision\":\"deny\",\"argv\":" + argv), StringComparison.Ordinal);

    [Fact]
    public void Rules_for_one_program_are_found_among_many()
    {
        var set = Some.Set(string.Join(',', Enumerable.Range(0, 500).Select(static i =>
            "{\"id\":\"p" + i + "\",\"action\":\"shell.exec\",\"argv\":[\"prog" + i + "\",{\"rest\":true}],\"decision\":\"allow\"}")));
        Assert.Equal("Allow p321", set.Decide(Some.Ask("shell.exec", argv: ["prog321", "x"])).Says());
        Assert.Equal("Ask -", set.Decide(Some.Ask("shell.exec", argv: ["prog", "x"])).Says());
        Assert.Equal("Ask -", set.Decide(Some.Ask("shell.exec", argv: [])).Says());
    }

    private static bool Matches(string argv, string[]? asked)
    {
        var set = Some.Set("{\"id\":\"x\",\"action\":\"shell.exec\",\"decision\":\"allow\",\"argv\":" + argv + "}");
        return set.Decide(Some.Ask("shell.exec", argv: asked)).Decision == ClearanceDaemon.Core.Rules.Decision.Allow;
    }
}
