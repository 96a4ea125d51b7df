using static UnixPeers.Tests.Listeners.TempDirectory;

namespace UnixPeers.Tests.Listeners;

/// <summary>A path is gone down as the kernel would, whatever its text looks like.</summary>
public sealed class PathWalkTests
{
    private static readonly Owners Us = Owners.Current();

    [Theory]
    [InlineData("a/b")]
    [InlineData("a//b/")]
    [InlineData("./a/./b")]
    [InlineData("a/../a/b")]
    [InlineData("link/b")]
    [InlineData("a/b/../../link/../a/b")]
    public void Every_spelling_leads_to_the_same_directory(string spelling)
    {
        using var directory = new TempDirectory();
        directory.Folder("a");
        var expected = FileStatus.Of(directory.Folder("a/b"));
        File.CreateSymbolicLink(directory.Below("link"), "a");
        var end = PathWalk.Directories(directory.Below(spelling), LinkTrust.RootsAndOurs, Us);
        Assert.Null(end.Refusal ?? end.Missing);
        Assert.Equal(expected, end.Status);
    }

    [Fact]
    public void Two_dots_after_a_link_mean_the_parent_of_its_target()
    {
        using var directory = new TempDirectory();
        directory.Folder("a");
        directory.Folder("a/b");
        directory.Folder("c");
        File.CreateSymbolicLink(directory.Below("c/link"), directory.Below("a/b"));
        var end = PathWalk.Directories(directory.Below("c/link/.."), LinkTrust.RootsAndOurs, Us);
        Assert.Equal(FileStatus.Of(directory.Below("a")), end.Status);
    }

    [Fact]
    public void Two_dots_do_not_lead_above_the_root() =>
        Assert.Equal(FileStatus.Of("/"), PathWalk.Directories("/../..", LinkTrust.Roots, Us).Status);

    [Fact]
    public void A_lax_directory_is_not_passed_by_leaving_it_again()
    {
        using var directory = new TempDirectory();
        directory.Folder("lax", Octal("0777"));
        directory.Folder("a");
        Assert.NotNull(PathWalk.Directories(directory.Below("lax/../a"), LinkTrust.Roots, Us).Refusal);
    }

    [Fact]
    public void The_first_missing_component_is_named()
    {
        using var directory = new TempDirectory();
        var end = PathWalk.Directories(directory.Below("a/b/c"), LinkTrust.Roots, Us);
        Assert.Equal((directory.Below("a"), null), (end.Missing, end.Refusal));
        Assert.Equal(FileStatus.Of(directory.Path), end.Status);
    }

    [Theory]
    [InlineData(40, true)]
    [InlineData(41, false)]
    public void Forty_links_are_followed_and_one_more_is_not(int links, bool arrives)
    {
        using var directory = new TempDirectory();
        directory.Folder("link0");
        for (var i = 1; i <= links; i++)
        {
            File.CreateSymbolicLink(directory.Below($"link{i}"), $"link{i - 1}");
        }

        var end = PathWalk.Directories(directory.Below($"link{links}"), LinkTrust.RootsAndOurs, Us);
        Assert.Equal(arrives, end.Refusal is null);
    }

    [Fact]
    public void The_overflow_uid_stands_for_root_only_where_others_cannot_write()
    {
        const uint Overflow = 65534;
        var inside = new Owners(1000, Overflow);
        var outside = new Owners(1000, null);
        var file = new FileStatus(1, 1, Overflow, Octal("040755"));
        var closed = new FileStatus(1, 2, Overflow, Octal("040755"));
        var open = new FileStatus(1, 3, Overflow, Octal("041777"));
        Assert.True(inside.IsRoot(file, closed));
        Assert.False(inside.IsRoot(file, open));
        Assert.False(outside.IsRoot(file, closed));
        Assert.True(outside.IsRoot(file with { Uid = 0 }, open));
    }
}
