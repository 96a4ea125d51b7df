using System.Diagnostics;
using System.Globalization;

namespace UnixPeers.Tests.Peers;

/// <summary>Namespaces of real processes, by the files that stand for them.</summary>
public sealed class NamespaceTests
{
    [Fact]
    public void Ours_are_those_of_stat()
    {
        ProcessNamespaces own = Assert.IsType<ProcessNamespaces>(ProcessNamespaces.Own());
        Assert.Equal((Stat("user"), Stat("pid"), Stat("mnt")), (own.User, own.Pid, own.Mount));
        Assert.Equal(own, ProcessNamespaces.Own());
    }

    [Fact]
    public void A_peer_beside_us_shares_ours_until_it_is_gone()
    {
        using Family family = new();
        Relative one = family.StartOne("one");
        Assert.Equal(ProcessNamespaces.Own(), one.Process.Namespaces());
        Assert.Equal(ProcessNamespaces.Own(), new UnpinnedProcess(one.Pid).Namespaces());
        one.Kill();
        Assert.Null(one.Process.Namespaces());
    }

    [Theory]
    [InlineData("--user", "--map-current-user", true, false, false)]
    [InlineData("--mount", "--fork", false, false, true)]
    [InlineData("--pid", "--fork", false, true, false)]
    public void Each_of_them_is_told_apart(string kind, string option, bool user, bool pid, bool mount)
    {
        string[] unshare = ["/usr/bin/unshare", kind, option];
        Family.SkipUnlessWorks(unshare);
        using Family family = new();
        ProcessNamespaces own = ProcessNamespaces.Own()!, seen = family.StartOne("one", unshare).Process.Namespaces()!;
        Assert.Equal((user, pid, mount), (own.User != seen.User, own.Pid != seen.Pid, own.Mount != seen.Mount));
        Assert.NotEqual(own, seen);
    }

    [Fact]
    public void A_process_that_only_unshared_for_its_children_is_still_in_ours()
    {
        Family.SkipUnlessWorks(["/usr/bin/unshare", "--pid", "--fork"]);
        using Family family = new();
        Assert.Equal(ProcessNamespaces.Own(), family.StartOne("one", "/usr/bin/unshare", "--pid").Process.Namespaces());
    }

    [Fact]
    public void An_unpinned_process_is_never_known()
    {
        using Family family = new();
        Relative one = family.StartOne("one");
        UnpinnedProcess bare = new(one.Pid);
        ObservedProcess seen = bare.Observe();
        Assert.Equal((one.Pid, ObservedState.Unknown), (bare.Pid, seen.State));
        Assert.Equal(one.Process.Observe() with { State = ObservedState.Unknown }, seen);
        Assert.Equal(ObservedProcess.Gone, new UnpinnedProcess(int.MaxValue).Observe());
        Assert.Null(new UnpinnedProcess(int.MaxValue).Namespaces());
    }

    private static FileIdentity Stat(string kind)
    {
        using Process stat = Process.Start(new ProcessStartInfo("/usr/bin/stat", ["-Lc", "%d %i", "/proc/self/ns/" + kind]) { RedirectStandardOutput = true })!;
        string[] fields = stat.StandardOutput.ReadToEnd().Split(' ');
        stat.WaitForExit();
        return new FileIdentity(ulong.Parse(fields[0], CultureInfo.InvariantCulture), ulong.Parse(fields[1], CultureInfo.InvariantCulture));
    }
}
