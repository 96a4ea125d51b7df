using System.Globalization;

namespace UnixPeers.Tests.Peers;

/// <summary>Files by device and inode.</summary>
public sealed class FileIdentityTests
{
    [Theory]
    [InlineData("/bin/cat")]
    [InlineData("/dev/null")]
    [InlineData("/")]
    public void Numbers_are_those_of_stat(string path)
    {
        using Child stat = Child.Run(["/usr/bin/stat", "-L", "-c", "%d", path]);
        Assert.Equal(stat.Finish().Output.Trim(), FileIdentity.Of(path)?.Device.ToString(CultureInfo.InvariantCulture));
        using Child inode = Child.Run(["/usr/bin/stat", "-L", "-c", "%i", path]);
        Assert.Equal(inode.Finish().Output.Trim(), FileIdentity.Of(path)?.Inode.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Links_are_followed_and_names_do_not_count()
    {
        using PeerListener files = new();
        string file = Path.Combine(files.Folder, "datei-ü");
        File.WriteAllText(file, "");
        File.CreateSymbolicLink(file + ".link", file);
        Assert.NotNull(FileIdentity.Of(file));
        Assert.Equal(FileIdentity.Of(file), FileIdentity.Of(file + ".link"));
    }

    [Theory]
    [InlineData("/does/not/exist")]
    [InlineData("")]
    [InlineData("/bin/cat\0x")]
    public void What_is_not_there_has_none(string path)
    {
        Assert.Null(FileIdentity.Of(path));
    }
}
