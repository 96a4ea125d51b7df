using ClearanceDaemon.Core.Clearances;
using UnixPeers;
using UnixPeers.Tests.Peers;

namespace ClearanceDaemon.Core.Tests.Clearances;

/// <summary>Who may not allow an ask: whoever asked, and whatever came from it. All with real processes.</summary>
public sealed class SelfApprovalTests
{
    private const string FromAsker = "the verdict comes from the process that asks; allow it from another terminal, or set selfApproval in the rule";
    private const string FromDescendant = "the verdict comes from a process that the asking one started; allow it from another terminal, or set selfApproval in the rule";
    private const string Hidden = "the process that sends the verdict is gone or hides itself; allow it from an ordinary terminal";

    /// <summary>An agent that has a child, a grandchild and a child in a session of its own.</summary>
    private const string Agent = """
        s = join('agent')
        child('child')
        fork(lambda: (child('grandchild'), stay(join('between'))))
        child('setsid', session=True)
        stay(s)
        """;

    [Fact]
    public void B30_the_asking_connection_may_not_allow()
    {
        using var family = new Family();
        var agent = family.StartOne("agent");
        using var principal = Of(agent);
        Assert.Equal(FromAsker, Refusal(agent.Process, agent, principal));
    }

    [Fact]
    public void B30_another_connection_of_the_asking_process_may_not_allow()
    {
        using var family = new Family();
        family.Start("a = join('asks'); b = join('decides'); stay(a)");
        var (asks, decides) = (family.Meet("asks"), family.Meet("decides"));
        Assert.Equal(asks.Pid, decides.Pid);
        using var principal = Of(asks);
        Assert.Equal(FromAsker, Refusal(decides.Process, asks, principal));
    }

    [Theory]
    [InlineData("child")]
    [InlineData("grandchild")]
    [InlineData("setsid")]
    public void B30_what_the_asking_process_started_may_not_allow(string who)
    {
        using var family = new Family();
        family.Start(Agent);
        var agent = family.Meet("agent");
        using var principal = Of(agent);
        Assert.Equal(FromDescendant, Refusal(family.Meet(who).Process, agent, principal));
        Assert.Null(Refusal(family.Meet(who).Process, agent, principal, lifted: true));
    }

    [Fact]
    public void B30_the_shell_behind_an_ask_may_not_allow_and_nor_may_what_else_it_starts()
    {
        // `clearance ask` and `clearance allow` typed into one shell, and `clearance allow` in another.
        using var family = new Family();
        family.Start("child('ask'); child('allow'); stay(join('shell'))");
        family.Start("child('allow there'); stay(join('other shell'))");
        var ask = family.Meet("ask");
        using var principal = Of(ask, "parent");
        Assert.Equal(family.Meet("shell").Pid, principal.Pid);
        Assert.Equal(FromAsker, Refusal(family.Meet("shell").Process, ask, principal));
        Assert.Equal(FromDescendant, Refusal(family.Meet("allow").Process, ask, principal));
        Assert.Null(Refusal(family.Meet("allow there").Process, ask, principal));
        Assert.Null(Refusal(family.Meet("other shell").Process, ask, principal));
    }

    [Fact]
    public void A_short_ask_in_a_shell_is_not_allowed_by_the_next_command_of_that_shell()
    {
        using var family = new Family();
        family.Start(
            """
            fork(lambda: hear(join('ask')))
            os.wait()
            child('allow')
            stay(join('shell'))
            """);
        var ask = family.Meet("ask");
        using var principal = Of(ask, "parent");
        ask.Say();
        Assert.Equal(FromDescendant, Refusal(family.Meet("allow").Process, ask, principal));
    }

    [Fact]
    public void A_parent_may_allow_what_its_child_asks()
    {
        using var family = new Family();
        family.Start(Agent);
        foreach (var name in new[] { "child", "grandchild", "setsid" })
        {
            using var principal = Of(family.Meet(name));
            Assert.Null(Refusal(family.Meet("agent").Process, family.Meet(name), principal));
        }
    }

    [Fact]
    public void Siblings_and_strangers_may_allow()
    {
        using var family = new Family();
        family.Start(Agent);
        using var principal = Of(family.Meet("child"));
        Assert.Null(Refusal(family.Meet("setsid").Process, family.Meet("child"), principal));
        Assert.Null(Refusal(family.StartOne("stranger").Process, family.Meet("child"), principal));
    }

    [Fact]
    public void Panes_of_one_terminal_may_allow_each_others_asks()
    {
        // As under tmux: one server, a shell in each pane, an ask in one and a verdict in the other.
        using var family = new Family();
        family.Start(
            """
            fork(lambda: (os.setsid(), child('ask'), stay(join('left'))))
            fork(lambda: (os.setsid(), child('allow'), stay(join('right'))))
            stay(join('server'))
            """);
        foreach (var meant in new[] { "self", "parent", "session" })
        {
            using var principal = Of(family.Meet("ask"), meant);
            Assert.Null(Refusal(family.Meet("allow").Process, family.Meet("ask"), principal));
            Assert.Null(Refusal(family.Meet("server").Process, family.Meet("ask"), principal));
        }
    }

    [Fact]
    public void B30_one_of_several_askers_may_not_allow_for_all()
    {
        using var family = new Family();
        var (one, two, other) = (family.StartOne("one"), family.StartOne("two"), family.StartOne("other"));
        using var principal = Of(one);
        Assert.Equal(FromAsker, SelfApproval.Refusal(two.Process, two.Pid, [one.Process, null, two.Process], principal, lifted: false));
        Assert.Null(SelfApproval.Refusal(other.Process, other.Pid, [one.Process, null, two.Process], principal, lifted: false));
    }

    [Fact]
    public void B30_an_asker_that_left_its_ask_behind_is_still_the_asker()
    {
        // A kept ask outlives its connection, and with that the daemon's hold on the process.
        using var family = new Family();
        family.Start("a = join('asks'); b = join('decides'); child('child'); stay(a)");
        var (asks, decides) = (family.Meet("asks"), family.Meet("decides"));
        using var held = asks.Pin();
        using var principal = Principal.Resolve(held, asks.Credentials, "self"u8);
        held.Dispose();

        Assert.Equal(FromAsker, SelfApproval.Refusal(decides.Process, decides.Pid, [held], principal, lifted: false));
        Assert.Equal(FromDescendant, SelfApproval.Refusal(family.Meet("child").Process, decides.Pid, [held], principal, lifted: false));
        var stranger = family.StartOne("stranger");
        Assert.Null(SelfApproval.Refusal(stranger.Process, stranger.Pid, [held], principal, lifted: false));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Who_is_gone_allows_nothing(bool lifted)
    {
        using var family = new Family();
        var (agent, decider) = (family.StartOne("agent"), family.StartOne("decider"));
        using var principal = Of(agent);
        decider.Kill();
        Assert.Equal(Hidden, Refusal(decider.Process, agent, principal, lifted));
        Assert.Equal(Hidden, SelfApproval.Refusal(null, decider.Pid, [agent.Process], principal, lifted));
        Assert.Equal(Hidden, SelfApproval.Refusal(null, null, [agent.Process], principal, lifted));
    }

    [Fact]
    public void B30_an_unpinned_decider_is_told_by_its_pid()
    {
        // As on a kernel without SO_PEERPIDFD, where neither side is pinned.
        using var family = new Family();
        family.Start(Agent);
        var agent = family.Meet("agent");
        using var principal = Principal.Resolve(null, agent.Credentials, "parent"u8);
        Assert.Equal((null, agent.Pid), (principal.Process, principal.Pid));
        Assert.Equal(FromAsker, Unpinned(agent.Pid));
        Assert.Equal(FromDescendant, Unpinned(family.Meet("grandchild").Pid));
        Assert.Null(Unpinned(family.StartOne("stranger").Pid));
        Assert.Null(Unpinned(Environment.ProcessId));
        var gone = family.StartOne("gone");
        gone.Kill();
        Assert.Equal(Hidden, Unpinned(gone.Pid));

        string? Unpinned(int pid) => SelfApproval.Refusal(Decider.Of(null, pid, kernelPins: false), [null], principal, lifted: false);
    }

    private static Principal Of(Relative asker, string meant = "self") =>
        Principal.Resolve(asker.Process, asker.Credentials, System.Text.Encoding.UTF8.GetBytes(meant));

    private static string? Refusal(PeerProcess decider, Relative asker, Principal principal, bool lifted = false) =>
        SelfApproval.Refusal(decider, decider.Pid, [asker.Process], principal, lifted);
}
