using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Protocol.Methods;
using UnixPeers;
using UnixPeers.Tests.Peers;

namespace ClearanceDaemon.Core.Tests.Clearances;

/// <summary>Whose ask it is, and when who was meant is not fit to be it.</summary>
public sealed class PrincipalTests
{
    private const string Shell = "child('asker'); child('second'); stay(join('shell'))";

    [Theory]
    [InlineData("")]
    [InlineData("self")]
    [InlineData("nonsense")]
    public void Without_another_word_it_is_the_asker(string meant)
    {
        using var family = new Family();
        family.Start(Shell);
        var asker = family.Meet("asker");
        using (var principal = Of(asker, meant))
        {
            AssertSelf(asker, principal);
            Assert.Equal(ObservedState.Known, principal.Observed?.State);
            Assert.Equal(family.Meet("shell").Pid, principal.Observed?.ParentPid);
        }

        Assert.True(asker.Process.IsAlive);
    }

    [Fact]
    public void The_parent_is_pinned_and_let_go()
    {
        using var family = new Family();
        family.Start(Shell);
        var (asker, shell) = (family.Meet("asker"), family.Meet("shell"));
        var principal = Of(asker, "parent");
        Assert.Equal((AskAs.Parent, shell.Pid, true), (principal.Kind, principal.Pid, principal.OwnsProcess));
        Assert.Equal(shell.Process.Identity, principal.Key);
        Assert.Equal(shell.Process.Inode, principal.Inode);
        Assert.Equal(shell.Pid, principal.Process?.Pid);
        Assert.True(principal.Process?.IsAlive);

        principal.Dispose();
        Assert.False(principal.Process?.IsAlive);
        Assert.Equal(shell.Process.Identity, principal.Key);
        Assert.True(asker.Process.IsAlive);
    }

    [Fact]
    public void The_leader_of_the_session_is_found_over_many_generations()
    {
        using var family = new Family();
        family.Start("os.setsid() if os.fork() == 0 else os.wait(); fork(lambda: (child('asker'), stay(join('between')))); stay(join('leader'))");
        using var principal = Of(family.Meet("asker"), "session");
        Assert.Equal((AskAs.Session, family.Meet("leader").Pid), (principal.Kind, principal.Pid));

        using var own = Of(family.Meet("leader"), "session");
        Assert.Equal((AskAs.Session, family.Meet("leader").Pid), (own.Kind, own.Pid));
        Assert.Equal(principal.Key, own.Key);
    }

    [Fact]
    public void Asks_of_one_principal_have_one_key()
    {
        using var family = new Family();
        family.Start(Shell);
        var (asker, second) = (family.Meet("asker"), family.Meet("second"));
        using var again = asker.Pin();
        using var self = Of(asker, "self");
        using var selfAgain = Principal.Resolve(again, asker.Credentials, "self"u8);
        using var other = Of(second, "self");
        Assert.Equal(self.Key, selfAgain.Key);
        Assert.NotEqual(self.Key, other.Key);

        using var parent = Of(asker, "parent");
        using var sameParent = Of(second, "parent");
        Assert.Equal(parent.Key, sameParent.Key);
        Assert.NotEqual(parent.Key, self.Key);
    }

    [Fact]
    public void Unpinned_it_is_told_by_uid_and_pid()
    {
        using var family = new Family();
        var (asker, other) = (family.StartOne("asker"), family.StartOne("other"));
        using var principal = Principal.Resolve(null, asker.Credentials, "parent"u8);
        using var same = Principal.Resolve(null, asker.Credentials, "self"u8);
        using var another = Principal.Resolve(null, other.Credentials, "self"u8);
        Assert.Equal((AskAs.Self, asker.Pid, false), (principal.Kind, principal.Pid, principal.OwnsProcess));
        Assert.Null(principal.Process);

        // This kernel pins: a peer without a process is gone.
        Assert.Null(principal.Observed);
        Assert.Equal(principal.Key, same.Key);
        Assert.NotEqual(principal.Key, another.Key);
    }

    [Fact]
    public void The_daemon_is_nobodys_principal()
    {
        using var family = new Family();
        var asker = family.StartOne("asker");
        Assert.Equal(Environment.ProcessId, asker.Process.Observe().ParentPid);
        using var principal = Of(asker, "parent");
        AssertSelf(asker, principal);
    }

    [Fact]
    public void The_first_process_is_nobodys_principal()
    {
        using var family = new Family();
        family.Start(
            """
            def orphan():
                parent = os.getppid()
                while os.getppid() == parent: pass
                stay(join('orphan'))
            fork(orphan)
            """);
        var orphan = family.Meet("orphan");
        Assert.SkipUnless(orphan.Process.Observe().ParentPid == 1, "another process than pid 1 takes in orphans here");
        using var principal = Of(orphan, "parent");
        AssertSelf(orphan, principal);
    }

    [Fact]
    public void Another_users_process_is_nobodys_principal()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root to start a process of another user");
        using var family = new Family();
        var asker = family.StartOne("asker", ["/bin/sh", "-c", "\"$@\"; :", "sh", .. Family.AsNobody]);
        Assert.Equal(65534u, asker.Credentials.Uid);
        Assert.NotEqual(Environment.ProcessId, asker.Process.Observe().ParentPid);
        using var principal = Of(asker, "parent");
        AssertSelf(asker, principal);
    }

    [Fact]
    public void A_service_manager_is_nobodys_principal()
    {
        using var family = new Family();
        family.Start(Shell);
        var (asker, shell) = (family.Meet("asker"), family.Meet("shell"));
        using var manager = new ControlGroup($"clearance-{Environment.ProcessId}-m.service/init.scope");
        manager.Add(shell.Pid);
        using var principal = Of(asker, "parent");
        AssertSelf(asker, principal);
    }

    [Fact]
    public void Where_the_leader_of_the_session_is_gone_it_is_the_asker()
    {
        using var family = new Family();
        family.Start("fork(lambda: (os.setsid(), child('asker'), hear(join('leader')))); stay(join('first'))");
        var asker = family.Meet("asker");
        family.Meet("leader").Kill();
        using var principal = Of(asker, "session");
        AssertSelf(asker, principal);
    }

    [Fact]
    public void An_asker_that_is_gone_is_still_who_it_was()
    {
        using var family = new Family();
        family.Start(Shell);
        var asker = family.Meet("asker");
        var identity = asker.Process.Identity;
        asker.Kill();
        using var principal = Of(asker, "parent");
        Assert.Equal((AskAs.Self, asker.Pid), (principal.Kind, principal.Pid));
        Assert.Equal(identity, principal.Key);
        Assert.Equal(ObservedState.Gone, principal.Observed?.State);
        Assert.Equal(false, principal.IsAncestorOf(family.Meet("shell").Process));
    }

    private static void AssertSelf(Relative asker, Principal principal)
    {
        Assert.Equal((AskAs.Self, asker.Pid, false), (principal.Kind, principal.Pid, principal.OwnsProcess));
        Assert.Same(asker.Process, principal.Process);
        Assert.Equal(asker.Process.Identity, principal.Key);
    }

    private static Principal Of(Relative asker, string meant) =>
        Principal.Resolve(asker.Process, asker.Credentials, System.Text.Encoding.UTF8.GetBytes(meant));
}
