using static UnixPeers.Tests.Listeners.TempDirectory;

namespace UnixPeers.Tests.Listeners;

public sealed class PrivateDirectoryTests
{
    private const string Label = "ask directory";

    [Fact]
    public void B04_a_linked_parent_or_grandparent_is_refused_and_nothing_is_created()
    {
        using var directory = new TempDirectory();
        directory.Folder("good");
        directory.Folder("good/inner");
        File.CreateSymbolicLink(directory.Below("parent"), directory.Below("good"));
        if (IsRoot)
        {
            // Root's own links are followed on the way, so the planted one is somebody else's.
            Chown(directory.Below("parent"), Starter.OrdinaryUid);
        }

        var last = Fails(UnixSocketFault.Refused, () => Bind(directory.Below("parent/clearance.sock")));
        Assert.Contains("a symbolic link", last.Message, StringComparison.Ordinal);

        var onTheWay = Fails(UnixSocketFault.Refused, () => Bind(directory.Below("parent/inner/clearance.sock")));
        Assert.Contains($"{directory.Below("parent")} is a symbolic link", onTheWay.Message, StringComparison.Ordinal);

        Fails(UnixSocketFault.Refused, () => Bind(directory.Below("parent/new/clearance.sock")));
        Assert.Equal(["good", "parent"], Directory.GetFileSystemEntries(directory.Path).Select(Path.GetFileName).Order());
        Assert.Equal(["inner"], Directory.GetFileSystemEntries(directory.Below("good")).Select(Path.GetFileName));
        Assert.Empty(Directory.GetFileSystemEntries(directory.Below("good/inner")));
    }

    [Fact]
    public void B04_the_last_component_is_never_a_link_not_even_roots()
    {
        using var directory = new TempDirectory();
        directory.Folder("good");
        File.CreateSymbolicLink(directory.Below("link"), directory.Below("good"));
        Fails(UnixSocketFault.Refused, () => PrivateDirectory.Ensure(directory.Below("link"), Label, owned: true));
        Fails(UnixSocketFault.Refused, () => PrivateDirectory.Ensure(directory.Below("link"), Label, owned: false));
    }

    [Fact]
    public void A_link_of_roots_in_a_directory_of_roots_is_followed()
    {
        NeedRoot();
        using var directory = new TempDirectory();
        directory.Folder("good");
        directory.Folder("good/inner");
        File.CreateSymbolicLink(directory.Below("absolute"), directory.Below("good"));
        File.CreateSymbolicLink(directory.Below("relative"), "./absolute/../good");
        PrivateDirectory.Ensure(directory.Below("absolute/inner"), Label, owned: false);
        PrivateDirectory.Ensure(directory.Below("relative/inner"), Label, owned: false);

        Chown(directory.Path, Starter.OrdinaryUid);
        Fails(UnixSocketFault.Refused, () => PrivateDirectory.Ensure(directory.Below("absolute/inner"), Label, owned: false));
    }

    [Fact]
    public void A_loop_of_links_ends()
    {
        using var directory = new TempDirectory();
        File.CreateSymbolicLink(directory.Below("a"), "b");
        File.CreateSymbolicLink(directory.Below("b"), "a");
        Fails(UnixSocketFault.Refused, () => PrivateDirectory.Ensure(directory.Below("a/c"), Label, owned: true));
    }

    [Fact]
    public void Missing_directories_are_created_private_and_an_own_one_is_tightened()
    {
        using var directory = new TempDirectory();
        PrivateDirectory.Ensure(directory.Below("clearance/ask.d/claude"), Label, owned: true);
        Assert.All(["clearance", "clearance/ask.d", "clearance/ask.d/claude"], name => Assert.Equal("0700", Mode(directory.Below(name))));

        directory.Folder("lax", Octal("0755"));
        PrivateDirectory.Ensure(directory.Below("lax") + "/", Label, owned: true);
        Assert.Equal("0700", Mode(directory.Below("lax")));
    }

    [Fact]
    public void What_is_not_our_own_is_neither_created_nor_tightened()
    {
        using var directory = new TempDirectory();
        var missing = Fails(UnixSocketFault.CannotCreate, () => PrivateDirectory.Ensure(directory.Below("missing"), Label, owned: false));
        Assert.Contains("mkdir -m 0700", missing.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(directory.Below("missing")));

        directory.Folder("lax", Octal("0755"));
        var lax = Fails(UnixSocketFault.Refused, () => PrivateDirectory.Ensure(directory.Below("lax"), Label, owned: false));
        Assert.Contains("mode 0755", lax.Message, StringComparison.Ordinal);
        Assert.Contains("chmod 0700", lax.Message, StringComparison.Ordinal);
        Assert.Equal("0755", Mode(directory.Below("lax")));
    }

    [Theory]
    [InlineData("0770")]
    [InlineData("0707")]
    [InlineData("0777")]
    public void A_parent_that_others_can_write_is_refused_unless_sticky(string mode)
    {
        using var directory = new TempDirectory();
        directory.Folder("shared", Octal(mode));
        Directory.CreateDirectory(directory.Below("shared/ask"));
        Chmod(directory.Below("shared/ask"), Octal("0700"));
        var error = Fails(UnixSocketFault.Refused, () => PrivateDirectory.Ensure(directory.Below("shared/ask"), Label, owned: true));
        Assert.Contains($"{directory.Below("shared")} is writable by others", error.Message, StringComparison.Ordinal);

        Chmod(directory.Below("shared"), Octal(mode) | Octal("1000"));
        PrivateDirectory.Ensure(directory.Below("shared/ask"), Label, owned: true);
    }

    [Fact]
    public void Nothing_is_created_in_a_directory_that_others_can_write()
    {
        using var directory = new TempDirectory();
        directory.Folder("shared", Octal("1777"));
        Fails(UnixSocketFault.Refused, () => PrivateDirectory.Ensure(directory.Below("shared/ask"), Label, owned: true));
        Fails(UnixSocketFault.Refused, () => PrivateDirectory.Ensure(directory.Below("shared/a/b"), Label, owned: true));
        Assert.Empty(Directory.GetFileSystemEntries(directory.Below("shared")));
    }

    [Fact]
    public void Directories_of_other_users_are_refused_on_the_way_and_at_the_end()
    {
        NeedRoot();
        using var directory = new TempDirectory();
        directory.Folder("foreign");
        directory.Folder("foreign/ask");
        Chown(directory.Below("foreign"), Starter.OrdinaryUid);
        var way = Fails(UnixSocketFault.Refused, () => PrivateDirectory.Ensure(directory.Below("foreign/ask"), Label, owned: true));
        Assert.Contains("belongs to uid 4242", way.Message, StringComparison.Ordinal);
        Fails(UnixSocketFault.Refused, () => PrivateDirectory.Ensure(directory.Below("foreign"), Label, owned: true));
        Assert.Equal("0700", Mode(directory.Below("foreign")));
    }

    [Fact]
    public void A_file_in_the_way_is_left_as_it_is()
    {
        using var directory = new TempDirectory();
        File.WriteAllText(directory.Below("file"), "kept");
        Fails(UnixSocketFault.Refused, () => PrivateDirectory.Ensure(directory.Below("file"), Label, owned: true));
        Fails(UnixSocketFault.Refused, () => PrivateDirectory.Ensure(directory.Below("file/below"), Label, owned: true));
        Assert.Equal("kept", File.ReadAllText(directory.Below("file")));
    }

    [Fact]
    public void The_root_and_relative_paths_are_no_private_directories()
    {
        Fails(UnixSocketFault.Refused, () => PrivateDirectory.Ensure("/", Label, owned: false));
        Fails(UnixSocketFault.InvalidAddress, () => PrivateDirectory.Ensure("run", Label, owned: false));
    }

    private static void Bind(string path) => UnixListener.Bind(UnixAddress.FromPath(path), OwnOptions).Dispose();
}
