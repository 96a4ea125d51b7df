using ClearanceDaemon.Core.Rules;

namespace ClearanceDaemon.Core.Tests.Rules;

public sealed class PathTests
{
    [Theory]
    [InlineData("/srv", true)]
    [InlineData("/srv/a", true)]
    [InlineData("/srv/a/b", true)]
    [InlineData("/srvx", false)]
    [InlineData("/sr", false)]
    [InlineData("/", false)]
    [InlineData("srv/a", false)]
    [InlineData("", false)]
    [InlineData("/srv/", false)]
    [InlineData("/srv//a", false)]
    [InlineData("/srv/../etc", false)]
    [InlineData("/srv/..", false)]
    [InlineData("/srv/./a", false)]
    [InlineData("//srv/a", false)]
    [InlineData("/srv/...", true)]
    [InlineData("/srv/..a/.b", true)]
    [InlineData("/SRV/a", false)]
    public void Under_goes_by_whole_names_of_a_normal_path(string resource, bool matches)
    {
        Assert.Equal(matches, Some.Matcher("""{"under":"/srv"}""").Matches(resource));
        var set = Some.Set("""{"id":"x","action":"fs","resource":{"under":"/srv"},"decision":"allow"}""");
        Assert.Equal(matches ? "Allow x" : "Ask -", set.Decide(Some.Ask("fs", resource)).Says());
    }

    [Theory]
    [InlineData("/", true)]
    [InlineData("/a", true)]
    [InlineData("/a/b", true)]
    [InlineData("a", false)]
    [InlineData("", false)]
    public void Under_the_root_is_every_path(string resource, bool matches)
    {
        Assert.Equal(matches, Some.Matcher("""{"under":"/"}""").Matches(resource));
        var set = Some.Set("""{"id":"x","action":"fs","resource":{"under":"/"},"decision":"allow"}""");
        Assert.Equal(matches ? "Allow x" : "Ask -", set.Decide(Some.Ask("fs", resource)).Says());
    }

    [Theory]
    [InlineData("srv")]
    [InlineData("")]
    [InlineData("/srv/")]
    [InlineData("/a/../b")]
    [InlineData("/a//b")]
    [InlineData("./a")]
    public void A_directory_that_is_not_normal_is_refused(string path) =>
        Assert.Contains("under is an absolute path", Some.Problem("\"decision\":\"deny\",\"resource\":{\"under\":\"" + path + "\"}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("/", true)]
    [InlineData("/a", true)]
    [InlineData("/a.b/..c", true)]
    [InlineData("", true)]
    [InlineData("a//b", true)]
    [InlineData("../x", true)]
    [InlineData("host:443", true)]
    [InlineData("//", false)]
    [InlineData("/a/", false)]
    [InlineData("/a//b", false)]
    [InlineData("/.", false)]
    [InlineData("/..", false)]
    [InlineData("/a/./b", false)]
    [InlineData("/a/../b", false)]
    public void Absolute_paths_must_be_normal(string resource, bool accepted) =>
        Assert.Equal(accepted, ResourcePath.IsNormalOrNotPath(Some.Utf8(resource)));

    [Fact]
    public void The_nearest_and_the_farthest_directory_are_both_found()
    {
        var set = Some.Set("""
            {"id":"deep","action":"fs","resource":{"under":"/a/b/c/d"},"decision":"deny"},
            {"id":"top","action":"fs","resource":{"under":"/a"},"decision":"allow"},
            {"id":"mid","action":"fs","resource":{"under":"/a/b/c"},"decision":"ask"}
            """);
        Assert.Equal("Deny deep", set.Decide(Some.Ask("fs", "/a/b/c/d/e/f")).Says());
        Assert.Equal("Deny deep", set.Decide(Some.Ask("fs", "/a/b/c/d")).Says());
        Assert.Equal("Ask mid", set.Decide(Some.Ask("fs", "/a/b/c/dd")).Says());
        Assert.Equal("Allow top", set.Decide(Some.Ask("fs", "/a/b")).Says());
        Assert.Equal("Ask -", set.Decide(Some.Ask("fs", "/b")).Says());
    }
}
