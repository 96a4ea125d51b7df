using ClearanceDaemon.Cli.Doctor;

namespace ClearanceDaemon.Cli.Tests.Doctor;

/// <summary>mountinfo as the kernel writes it: escapes, bind mounts, mounts over mounts, and lines that are none.</summary>
public sealed class MountTableTests
{
    private const string Host = """
        22 1 0:20 / / rw,relatime shared:1 - ext4 /dev/root rw
        30 22 0:25 / /run rw,nosuid shared:5 - tmpfs tmpfs rw,size=1
        31 30 0:55 / /run/user/1000 rw,nosuid - tmpfs tmpfs rw
        40 22 0:20 /home/me /mnt/ho\040me ro - ext4 /dev/root rw
        41 22 0:60 / /ro rw - squashfs x ro
        """;

    [Theory]
    [InlineData("/run/user/1000/clearance/ask", "0:55", "/clearance/ask")]
    [InlineData("/run/user/1000", "0:55", "/")]
    [InlineData("/run/user/10000", "0:25", "/user/10000")]
    [InlineData("/home/me", "0:20", "/home/me")]
    [InlineData("/mnt/ho me/x", "0:20", "/home/me/x")]
    [InlineData("/", "0:20", "/")]
    public void APathLeadsToAFileSystemAndAPathInIt(string path, string device, string inside) =>
        Assert.Equal((device, inside), MountTable.Parse(Host).Locate(path));

    [Fact]
    public void ADirectoryIsFoundWhereverItIsMounted()
    {
        var table = MountTable.Parse(Host);
        Assert.Equal([("/home/me/x", true), ("/mnt/ho me/x", false)], table.Find("0:20", "/home/me/x"));
        Assert.Equal([("/ro/x", false)], table.Find("0:60", "/x"));
        Assert.Equal([("/run/user/1000", true)], table.Find("0:55", "/"));
        Assert.Empty(table.Find("0:99", "/x"));
    }

    [Fact]
    public void WhatIsMountedOverIsNotFound()
    {
        // On the same point, on a directory above, and a mount that was there before the one over it.
        Assert.Empty(MountTable.Parse(Host + "\n50 31 0:70 / /run/user/1000 rw - tmpfs x rw").Find("0:55", "/a"));
        Assert.Empty(MountTable.Parse(Host + "\n50 30 0:70 / /run/user rw - tmpfs x rw").Find("0:55", "/a"));
        Assert.Equal([("/run/user/1000/a", true)], MountTable.Parse(Host + "\n50 31 0:70 / /run/user/1000/b rw - tmpfs x rw").Find("0:55", "/a"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("22 1 0:20 / /")]
    [InlineData("x y 0:20 / / rw - ext4 a rw")]
    [InlineData("22 1 0:20 / / rw shared:1 ext4 /dev/root rw extra fields")]
    [InlineData("22 1 0:20 / / rw shared:1 extra fields - ext4")]
    public void WhatIsNoMountIsLeftOut(string text)
    {
        var table = MountTable.Parse(text);
        Assert.Null(table.Locate("/x"));
        Assert.Empty(table.Find("0:20", "/x"));
    }

    [Fact]
    public void NamesAreTakenOutOfTheirEscapes()
    {
        var table = MountTable.Parse("22 1 0:20 / / rw - ext4 x rw\n23 22 0:21 / /a\\011b\\134c\\012d\re rw - tmpfs x rw");
        Assert.Equal(("0:21", "/"), table.Locate("/a\tb\\c\nd\re"));
    }

    [Fact]
    public void ATableThatGoesInCirclesEnds() =>
        Assert.NotNull(MountTable.Parse("22 1 0:20 / / rw - ext4 x rw\n23 22 0:21 / /a rw - t x rw\n24 23 0:21 / /a rw - t x rw\n23 24 0:22 / /a rw - t x rw").Locate("/a/b"));
}
