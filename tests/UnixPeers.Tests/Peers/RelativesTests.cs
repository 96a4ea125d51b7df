using System.Runtime.InteropServices;
using UnixPeers.Native;

namespace UnixPeers.Tests.Peers;

/// <summary>From a process that is held to its parent and its session's leader: pinned only if the relation held while both were
/// held.</summary>
public sealed class RelativesTests
{
    private const string Generations = """
        def middle():
            fork(lambda: stay(join('youngest')))
            stay(join('middle'))
        os.setsid() if os.fork() == 0 else os.wait()
        fork(middle)
        stay(join('eldest'))
        """;

    [Fact]
    public void The_parent_is_the_very_process_that_it_is_through_its_own_socket()
    {
        using Family family = new();
        family.Start(Generations);
        using PeerProcess? parent = family.Meet("youngest").Process.PinParent();
        using PeerProcess? grandparent = parent?.PinParent();
        Assert.Equal(family.Meet("middle").Process.Identity, parent?.Identity);
        Assert.Equal(family.Meet("middle").Credentials.Uid, parent?.Uid);
        Assert.Equal(family.Meet("eldest").Process.Identity, grandparent?.Identity);
    }

    [Fact]
    public void The_leader_of_the_session_is_found_and_may_be_the_process_itself()
    {
        using Family family = new();
        family.Start(Generations);
        using PeerProcess? ofYoungest = family.Meet("youngest").Process.PinSessionLeader();
        using PeerProcess? ofEldest = family.Meet("eldest").Process.PinSessionLeader();
        Assert.Equal(family.Meet("eldest").Process.Identity, ofYoungest?.Identity);
        Assert.Equal(family.Meet("eldest").Process.Identity, ofEldest?.Identity);
    }

    [Fact]
    public void B20_a_parent_that_dies_while_it_is_pinned_is_none()
    {
        using Family family = new();
        family.Start(Generations);
        Relative youngest = family.Meet("youngest"), middle = family.Meet("middle");
        Assert.Null(youngest.Process.PinRelative(static stat => stat.ParentPid, afterOpen: middle.Kill));

        // Who took the child in is its parent now.
        using PeerProcess? after = youngest.Process.PinParent();
        Assert.NotEqual(middle.Pid, after?.Pid);
    }

    [Fact]
    public void B20_a_child_that_dies_while_its_parent_is_pinned_has_none()
    {
        using Family family = new();
        family.Start(Generations);
        Relative youngest = family.Meet("youngest");
        Assert.Null(youngest.Process.PinRelative(static stat => stat.ParentPid, afterOpen: youngest.Kill));
        Assert.Null(youngest.Process.PinParent());
        Assert.Null(youngest.Process.PinSessionLeader());
    }

    [Fact]
    public void A_younger_process_is_nobodys_parent()
    {
        using Family family = new();
        Relative older = family.StartOne("older"), younger = family.StartOne("younger 0");
        for (int i = 1; ProcFacts.ReadStat(younger.Pid)?.StartTime <= ProcFacts.ReadStat(older.Pid)?.StartTime; i++)
        {
            younger = family.StartOne($"younger {i}");
        }

        Assert.Null(older.Process.PinRelative(_ => younger.Pid, null));
        using PeerProcess? relative = younger.Process.PinRelative(_ => older.Pid, null);
        Assert.Equal(older.Pid, relative?.Pid);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void A_number_that_is_no_process_is_none(int pid)
    {
        using Family family = new();
        Assert.Null(family.StartOne("one").Process.PinRelative(_ => pid, null));
        Assert.Null(PeerProcess.Reopen(pid, 1));
    }

    [Fact]
    public void A_leader_that_is_gone_is_none()
    {
        using Family family = new();
        family.Start(Generations);
        Relative youngest = family.Meet("youngest");
        family.Meet("eldest").Kill();
        Assert.Null(youngest.Process.PinSessionLeader());
    }

    [Fact]
    public void A_process_is_found_again_by_pid_and_inode()
    {
        using Family family = new();
        Relative one = family.StartOne("one"), other = family.StartOne("other");
        Assert.SkipUnless(one.Process.Inode is not null, "pidfs came with Linux 6.9");
        ulong inode = one.Process.Inode!.Value;
        using (PeerProcess? again = PeerProcess.Reopen(one.Pid, inode))
        {
            Assert.Equal((one.Process.Identity, one.Pid), (again?.Identity, again?.Pid));
            Assert.True(again?.IsAlive);
        }

        Assert.Null(PeerProcess.Reopen(one.Pid, inode + 1));
        Assert.Null(PeerProcess.Reopen(other.Pid, inode));
        Assert.Null(PeerProcess.Reopen(one.Pid, other.Process.Inode!.Value));
        one.Kill();
        Assert.Null(PeerProcess.Reopen(one.Pid, inode));
    }

    [Fact]
    public void What_is_refused_leaves_no_descriptor()
    {
        using Family family = new();
        Relative one = family.StartOne("one");
        for (int i = 0; i < 20; i++)
        {
            Assert.Null(PeerProcess.Reopen(one.Pid, 1));
            one.Process.PinSessionLeader()?.Dispose();

            // Another one when it is looked at again.
            int looks = 0;
            Assert.Null(one.Process.PinRelative(stat => looks++ == 0 ? stat.Pid : 1, null));
        }

        // Only the family's own: its pin.
        int pins = Directory.GetFiles("/proc/self/fdinfo").Count(file => TextOf(file).Contains($"\nPid:\t{one.Pid}\n", StringComparison.Ordinal));
        Assert.Equal(1, pins);
    }

    [Fact]
    public void The_descriptor_says_when_the_process_has_exited()
    {
        using Family family = new();
        Relative one = family.StartOne("one");
        Assert.False(IsReadable(one.Process.Handle));
        one.Kill();
        Assert.True(IsReadable(one.Process.Handle));
        one.Process.Dispose();
        Assert.True(one.Process.Handle.IsClosed);
        Assert.Null(one.Process.Inode);
        Assert.Null(one.Process.PinParent());
        Assert.Null(one.Process.Namespaces());
    }

    private static unsafe bool IsReadable(SafeHandle handle)
    {
        pollfd entry = new() { fd = (int)handle.DangerousGetHandle(), events = LibC.POLLIN };
        return LibC.poll(&entry, 1, 0) == 1 && (entry.revents & LibC.POLLIN) != 0;
    }

    private static string TextOf(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
