using static UnixPeers.Tests.Listeners.TempDirectory;

namespace UnixPeers.Tests.Listeners;

/// <summary>Where the outer root has no name, its directories show the overflow uid.</summary>
public sealed class UserNamespaceTests
{
    private static readonly string[] SingleUid = [.. Starter.AsOrdinaryUser, "/usr/bin/unshare", "-U", "--map-current-user"];

    [Fact]
    public void B11_starts_in_a_single_uid_namespace_but_not_in_a_leaf_of_the_overflow_uid()
    {
        NeedRoot();
        using var directory = new TempDirectory();
        Chown(directory.Path, Starter.OrdinaryUid);
        directory.Folder("leaf");
        SkipUnlessNamespacesWork();

        using var starter = new Starter(SingleUid);
        Assert.Equal("ok", starter.Ask("bind", directory.Below("own/clearance.sock")));
        Assert.Equal("ok", starter.Ask("close"));

        var refused = starter.Ask("bind", directory.Below("leaf/clearance.sock"));
        Assert.StartsWith("Refused", refused, StringComparison.Ordinal);
        Assert.Contains("belongs to uid 65534", refused, StringComparison.Ordinal);
    }

    [Fact]
    public void B11_in_a_directory_that_others_can_write_the_overflow_uid_may_be_anyone()
    {
        NeedRoot();
        using var directory = new TempDirectory();
        directory.Folder("shared", Octal("1777"));
        directory.Folder("shared/strangers", Octal("0755"));
        directory.Folder("shared/strangers/mine");
        Chown(directory.Path, Starter.OrdinaryUid);
        Chown(directory.Below("shared"), Starter.OrdinaryUid);
        Chown(directory.Below("shared/strangers"), Starter.OrdinaryUid + 1);
        Chown(directory.Below("shared/strangers/mine"), Starter.OrdinaryUid);
        SkipUnlessNamespacesWork();

        using var starter = new Starter(SingleUid);
        Assert.Contains("strangers belongs to uid 65534", starter.Ask("check", directory.Below("shared/strangers/mine")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("         0          0 4294967295\n", true)]
    [InlineData("      1000       1000          1\n", false)]
    [InlineData("         0       1000          1\n         1     100000      65536\n", false)]
    [InlineData("         5          0          1\n", true)]
    [InlineData("", true)]
    [InlineData("garbage\n", true)]
    public void The_outer_root_is_mapped_when_a_range_starts_at_it(string map, bool mapped) =>
        Assert.Equal(mapped, UidMap.MapsRoot(map));

    private static void SkipUnlessNamespacesWork()
    {
        using var probe = System.Diagnostics.Process.Start(SingleUid[0], [.. SingleUid[1..], "true"]);
        probe.WaitForExit();
        Assert.SkipUnless(probe.ExitCode == 0, "an ordinary user may not make a user namespace here");
    }
}
