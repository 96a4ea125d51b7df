using ClearanceDaemon.Core.Rules;

namespace ClearanceDaemon.Core.Tests.Rules;

public sealed class ObservedTests
{
    private static readonly ObservedPeer Git = new(ObservedState.Known, 8, 100, "work.service");
    private static readonly ObservedPeer Evil = new(ObservedState.Known, 8, 666, "evil.service");
    private static readonly ObservedPeer Changed = new(ObservedState.Changed, 8, 100, "work.service");

    [Fact]
    public void B23_equal_argv_of_two_binaries_matches_only_the_right_one()
    {
        var set = Set("""{"id":"x","action":"a","argv":["git","push"],"exe":"/usr/bin/git","decision":"allow"}""");
        var ask = Some.Ask("a", argv: ["git", "push"]);
        Assert.Equal("Allow x", set.Decide(ask, Git).Says());
        Assert.Equal("Ask -", set.Decide(ask, Evil).Says());
        Assert.Equal("Ask -", set.Decide(ask, Git with { ExeDevice = 9 }).Says());
    }

    [Fact]
    public void B23_a_deny_follows_the_file_not_its_name()
    {
        var set = Set("""{"id":"x","action":"a","exe":"/usr/bin/git","decision":"deny"}""");
        Assert.Equal("Deny x", set.Decide(Some.Ask("a"), Git).Says());
        Assert.Equal("Ask -", set.Decide(Some.Ask("a"), Evil).Says());
    }

    [Fact]
    public void A_program_that_is_not_there_matches_nobody()
    {
        var set = Set("""{"id":"x","action":"a","exe":"/usr/bin/gone","decision":"deny"}""");
        Assert.Equal("Ask -", set.Decide(Some.Ask("a"), new(ObservedState.Known, 0, 0, null)).Says());
    }

    [Theory]
    [InlineData("deny", "Deny x")]
    [InlineData("ask", "Ask x")]
    [InlineData("allow", "Ask -")]
    public void B74_unknown_and_changed_match_deny_and_ask_and_never_allow(string decision, string says)
    {
        foreach (var condition in new[] { "\"exe\":\"/usr/bin/git\"", "\"unit\":\"work.service\"", "\"exe\":\"/usr/bin/git\",\"unit\":\"other.service\"" })
        {
            var set = Set("{\"id\":\"x\",\"action\":\"a\"," + condition + ",\"decision\":\"" + decision + "\"}");
            Assert.Equal(says, set.Decide(Some.Ask("a"), ObservedPeer.Unknown).Says());
            Assert.Equal(says, set.Decide(Some.Ask("a"), Changed).Says());
        }
    }

    [Fact]
    public void B74_unknown_does_not_stretch_the_other_matchers()
    {
        var set = Set("""{"id":"x","action":"a","resource":"r","exe":"/usr/bin/git","decision":"deny"}""");
        Assert.Equal("Ask -", set.Decide(Some.Ask("a", "s"), ObservedPeer.Unknown).Says());
        Assert.Equal("Deny x", set.Decide(Some.Ask("a", "r"), ObservedPeer.Unknown).Says());
    }

    [Theory]
    [InlineData("\"work.service\"", true)]
    [InlineData("""{"glob":"work*"}""", true)]
    [InlineData("""{"glob":"*.scope"}""", false)]
    [InlineData("\"work\"", false)]
    public void A_unit_is_compared_by_name(string unit, bool matches)
    {
        var set = Set("{\"id\":\"x\",\"action\":\"a\",\"unit\":" + unit + ",\"decision\":\"allow\"}");
        Assert.Equal(matches ? "Allow x" : "Ask -", set.Decide(Some.Ask("a"), Git).Says());
        Assert.Equal("Ask -", set.Decide(Some.Ask("a"), Git with { Unit = null }).Says());
    }

    [Theory]
    [InlineData("""{"id":"x","action":"a","exe":"/usr/bin/git","decision":"allow"}""", "Ask - ?")]
    [InlineData("""{"id":"x","action":"a","unit":"u","decision":"deny"},{"id":"y","action":"a","decision":"allow"}""", "Allow y ?")]
    [InlineData("""{"id":"x","action":"a","unit":"u","decision":"allow"},{"id":"y","action":"a","decision":"deny"}""", "Deny y")]
    [InlineData("""{"id":"x","action":"a","unit":"u","resource":"r","decision":"deny"},{"id":"y","action":"a","decision":"allow"}""", "Allow y")]
    [InlineData("""{"id":"z","action":"a","unit":"u","decision":"deny"},{"id":"y","action":"a","decision":"deny"}""", "Deny y")]
    [InlineData("""{"id":"x","action":"b","unit":"u","decision":"deny"}""", "Ask -")]
    public void Facts_are_wanted_only_when_they_could_change_the_answer(string rules, string says) =>
        Assert.Equal(says, Set(rules).Decide(Some.Ask("a")).Says());

    [Fact]
    public void An_answer_with_facts_never_wants_more()
    {
        var set = Set("""{"id":"x","action":"a","exe":"/usr/bin/git","decision":"deny"}""");
        foreach (var peer in new[] { Git, Evil, Changed, ObservedPeer.Unknown })
        {
            Assert.False(set.Decide(Some.Ask("a"), peer).NeedsObserved);
        }
    }

    private static RuleSet Set(string rules) => Some.Set(rules, static path => path == "/usr/bin/git" ? (8, 100) : null);
}
