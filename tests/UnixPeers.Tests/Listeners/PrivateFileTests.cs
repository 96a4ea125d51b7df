using static UnixPeers.Tests.Listeners.TempDirectory;

namespace UnixPeers.Tests.Listeners;

/// <summary>Files and sockets that are ours alone, and everything that is not.</summary>
public sealed class PrivateFileTests
{
    [Fact]
    public void A_file_of_ours_with_0600_is_fine_and_no_other_mode()
    {
        using var directory = new TempDirectory();
        var path = directory.Below("file");
        File.WriteAllText(path, "");
        Chmod(path, Octal("0600"));
        Assert.Null(PrivateFile.Refusal(path));
        foreach (var mode in (string[])["0400", "0601", "0640", "0660", "0604", "0700", "2600", "4600", "1600"])
        {
            Chmod(path, Octal(mode));
            Assert.Equal($"the file has mode {mode}, not 0600.", PrivateFile.Refusal(path));
        }
    }

    [Fact]
    public void A_socket_of_ours_with_0600_is_fine_and_no_other_mode()
    {
        using var directory = new TempDirectory();
        using var listener = directory.Bind();
        Assert.Null(PrivateFile.SocketRefusal(directory.Socket));
        Chmod(directory.Socket, Octal("0660"));
        Assert.Equal("the socket has mode 0660, not 0600.", PrivateFile.SocketRefusal(directory.Socket));
    }

    [Fact]
    public void One_is_not_the_other_and_a_link_is_neither()
    {
        using var directory = new TempDirectory();
        using var listener = directory.Bind();
        File.WriteAllText(directory.Below("file"), "");
        File.CreateSymbolicLink(directory.Below("link"), directory.Below("file"));
        Assert.Equal("it is a socket, not a regular file.", PrivateFile.Refusal(directory.Socket));
        Assert.Equal("it is a regular file, not a socket.", PrivateFile.SocketRefusal(directory.Below("file")));
        Assert.Equal("it is a symbolic link, not a regular file.", PrivateFile.Refusal(directory.Below("link")));
        Assert.Equal("it is a directory, not a socket.", PrivateFile.SocketRefusal(directory.Path));
    }

    [Fact]
    public void What_is_not_there_is_said()
    {
        Assert.Equal("there is no such file.", PrivateFile.Refusal("/nowhere/file"));
        Assert.Equal("there is no socket file.", PrivateFile.SocketRefusal("/nowhere/socket"));
        Assert.Throws<ArgumentNullException>(static () => PrivateFile.Refusal(null!));
    }

    [Fact]
    public void Another_users_is_refused()
    {
        NeedRoot();
        using var directory = new TempDirectory();
        File.WriteAllText(directory.Below("file"), "");
        Chmod(directory.Below("file"), Octal("0600"));
        Chown(directory.Below("file"), 1234);
        Assert.Equal("the file belongs to uid 1234, not to you (uid 0).", PrivateFile.Refusal(directory.Below("file")));
    }
}
