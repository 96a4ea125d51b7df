namespace UnixPeers.Tests.Peers;

/// <summary>Who comes from whom: real families, and ways that change while they are followed.</summary>
public sealed class AncestryTests
{
    private const string Generations = """
        fork(lambda: (child('grandchild'), child('far', session=True), stay(join('child'))))
        child('second')
        stay(join('eldest'))
        """;

    [Theory]
    [InlineData("child", "eldest", true)]
    [InlineData("grandchild", "eldest", true)]
    [InlineData("far", "eldest", true)]
    [InlineData("far", "child", true)]
    [InlineData("eldest", "child", false)]
    [InlineData("second", "child", false)]
    [InlineData("eldest", "eldest", false)]
    public void Descent_is_read_from_proc(string who, string ancestor, bool descends)
    {
        using Family family = new();
        family.Start(Generations);
        Relative one = family.Meet(who), other = family.Meet(ancestor);
        Assert.Equal(descends, one.Process.IsDescendantOf(other.Process));
        Assert.Equal(descends, new UnpinnedProcess(one.Pid).IsDescendantOf(other.Pid));
    }

    [Fact]
    public void Everything_here_comes_from_us_and_from_pid_1()
    {
        using Family family = new();
        Relative one = family.StartOne("one");
        Assert.True(new UnpinnedProcess(one.Pid).IsDescendantOf(Environment.ProcessId));
        Assert.True(new UnpinnedProcess(one.Pid).IsDescendantOf(1));
        Assert.False(new UnpinnedProcess(one.Pid).IsDescendantOf(0));
        Assert.False(new UnpinnedProcess(one.Pid).IsDescendantOf(int.MaxValue));
    }

    [Fact]
    public void An_exited_ancestor_has_no_descendants_and_an_exited_process_none_that_can_be_told()
    {
        using Family family = new();
        family.Start(Generations);
        Relative grandchild = family.Meet("grandchild"), child = family.Meet("child"), eldest = family.Meet("eldest");
        child.Kill();
        Assert.False(grandchild.Process.IsDescendantOf(child.Process));

        // The documented limit: the kernel keeps no record of a parent that is gone.
        Assert.False(grandchild.Process.IsDescendantOf(eldest.Process));
        Assert.Null(child.Process.IsDescendantOf(eldest.Process));
        grandchild.Kill();
        Assert.Null(grandchild.Process.IsDescendantOf(child.Process));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, null)]
    public void As_many_steps_are_followed_as_the_limit_says(int over, bool? met)
    {
        int length = ProcessAncestry.MaxSteps + over;
        Assert.Equal(met, ProcessAncestry.Meets(1000 + length, 1000, static pid => Stat(pid, pid - 1, (ulong)pid)));
    }

    [Fact]
    public void A_circle_ends() => Assert.Null(ProcessAncestry.Meets(7, 1, static pid => Stat(pid, 15 - pid, 5)));

    [Fact]
    public void What_cannot_be_read_is_not_told()
    {
        Assert.Null(ProcessAncestry.Meets(7, 1, static _ => null));
        Assert.Null(ProcessAncestry.Meets(7, 1, static pid => pid == 7 ? Stat(7, 6, 5) : null));
        Assert.Null(new UnpinnedProcess(int.MaxValue).IsDescendantOf(1));
    }

    [Fact]
    public void A_parent_younger_than_its_child_is_another_process()
    {
        Assert.Null(ProcessAncestry.Meets(7, 5, static pid => Stat(pid, pid - 1, pid == 6 ? 9u : 8u)));
        Assert.True(ProcessAncestry.Meets(7, 5, static pid => Stat(pid, pid - 1, 8)));
    }

    [Fact]
    public void A_way_that_changes_is_followed_again_until_it_was_the_same_twice()
    {
        int reads = 0;
        Assert.True(ProcessAncestry.Meets(7, 5, pid => Stat(pid, reads++ == 0 ? 0 : pid - 1, 8)));
        Assert.Equal(1 + 2 + 2, reads);

        int never = 0;
        Assert.Null(ProcessAncestry.Meets(7, 5, pid => Stat(pid, never++ % 2 == 0 ? 0 : 5, 8)));
    }

    [Fact]
    public void A_way_that_cannot_be_read_once_is_read_again()
    {
        int reads = 0;
        Assert.True(ProcessAncestry.Meets(7, 5, pid => reads++ == 1 ? null : Stat(pid, pid - 1, 8)));
    }

    [Fact]
    public void A_way_outside_our_pid_namespace_ends_at_its_edge() =>
        Assert.False(ProcessAncestry.Meets(7, 1, static pid => Stat(pid, pid == 7 ? 3 : 0, 8)));

    private static ProcStat? Stat(int pid, int parent, ulong start) => new ProcStat(pid, "x", parent, 1, start);
}
