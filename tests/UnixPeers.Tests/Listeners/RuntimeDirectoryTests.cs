using static UnixPeers.Tests.Listeners.TempDirectory;

namespace UnixPeers.Tests.Listeners;

public sealed class RuntimeDirectoryTests
{
    private const uint NobodysUid = 4_000_000_000;

    [Fact]
    public void A_private_directory_of_ours_is_taken()
    {
        using var directory = new TempDirectory();
        Assert.Equal(directory.Path, RuntimeDirectory.Locate(directory.Path + "/", NobodysUid));
    }

    [Fact]
    public void B09_a_lax_linked_missing_or_relative_one_is_refused_with_the_reason()
    {
        using var directory = new TempDirectory();
        directory.Folder("lax", Octal("0755"));
        File.CreateSymbolicLink(directory.Below("link"), directory.Folder("good"));

        Refused(directory.Below("lax"), "mode 0755");
        Refused(directory.Below("link"), "a symbolic link");
        Refused(directory.Below("missing"), "not there");
        Refused("run/user", "not an absolute path");
        Assert.Equal("0755", Mode(directory.Below("lax")));
        Assert.False(Directory.Exists(directory.Below("missing")));
    }

    [Fact]
    public void B09_another_users_is_refused()
    {
        NeedRoot();
        using var directory = new TempDirectory();
        directory.Folder("foreign");
        Chown(directory.Below("foreign"), Starter.OrdinaryUid);
        Refused(directory.Below("foreign"), "belongs to uid 4242");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void B09_unset_without_a_private_run_user_names_both_and_takes_no_temp_directory(string? unset)
    {
        var error = Fails(UnixSocketFault.Refused, () => RuntimeDirectory.Locate(unset, NobodysUid));
        Assert.Contains("/run/user/4000000000", error.Message, StringComparison.Ordinal);
        Assert.Contains("XDG_RUNTIME_DIR is not set", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a\0b")]
    public void A_basename_is_one_component(string basename) =>
        Fails(UnixSocketFault.InvalidAddress, () => RuntimeDirectory.RuntimePath(basename));

    [Fact]
    public void On_a_mac_it_lies_below_the_home_directory()
    {
        Assert.Equal("/Users/me/Library/Application Support/Clearance/run", RuntimeDirectory.MacOSPath("/Users/me/"));
        Fails(UnixSocketFault.Refused, () => RuntimeDirectory.MacOSPath(null));
    }

    private static void Refused(string value, string reason)
    {
        var error = Fails(UnixSocketFault.Refused, () => RuntimeDirectory.Locate(value, NobodysUid));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
