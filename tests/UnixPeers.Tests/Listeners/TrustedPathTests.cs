using static UnixPeers.Tests.Listeners.TempDirectory;

namespace UnixPeers.Tests.Listeners;

public sealed class TrustedPathTests
{
    [Theory]
    [InlineData("0600", null)]
    [InlineData("0644", null)]
    [InlineData("0664", "writable by others")]
    [InlineData("0646", "writable by others")]
    public void Mode_of_the_file_decides(string mode, string? reason)
    {
        using var directory = new TempDirectory();
        Expect(reason, Plant(directory, "rules.json", mode));
    }

    [Theory]
    [InlineData("0755", null)]
    [InlineData("0775", "writable by others")]
    [InlineData("1777", null)]
    public void Mode_of_the_directory_decides(string mode, string? reason)
    {
        using var directory = new TempDirectory();
        directory.Folder("rules.d", Octal(mode));
        Expect(reason, Plant(directory, "rules.d/10.json", "0600"));
    }

    [Fact]
    public void A_sticky_directory_that_others_can_write_is_no_rules_directory_itself()
    {
        using var directory = new TempDirectory();
        Expect("writable by others", directory.Folder("rules.d", Octal("1777")));
        Expect(null, directory.Folder("good.d", Octal("0755")));
    }

    [Fact]
    public void B65_a_link_is_as_good_as_its_target()
    {
        using var directory = new TempDirectory();
        Plant(directory, "good", "0600");
        Plant(directory, "bad", "0666");
        File.CreateSymbolicLink(directory.Below("to-good"), directory.Below("good"));
        File.CreateSymbolicLink(directory.Below("to-bad"), "bad");
        File.CreateSymbolicLink(directory.Below("dangling"), "nowhere");
        Expect(null, directory.Below("to-good"));
        Expect("writable by others", directory.Below("to-bad"));
        Expect("does not exist", directory.Below("dangling"));
    }

    [Fact]
    public void Other_users_files_links_and_directories_are_refused()
    {
        NeedRoot();
        using var directory = new TempDirectory();
        Chown(Plant(directory, "theirs", "0600"), Starter.OrdinaryUid);
        Plant(directory, "ours", "0600");
        File.CreateSymbolicLink(directory.Below("link"), "ours");
        Chown(directory.Below("link"), Starter.OrdinaryUid);
        directory.Folder("folder");
        Plant(directory, "folder/ours", "0600");
        Chown(directory.Below("folder"), Starter.OrdinaryUid);

        Expect("belongs to uid 4242", directory.Below("theirs"));
        Expect("symbolic link of uid 4242", directory.Below("link"));
        Expect("belongs to uid 4242", directory.Below("folder/ours"));
    }

    [Fact]
    public void A_relative_path_is_refused() => Expect("not an absolute path", "rules.json");

    private static string Plant(TempDirectory directory, string name, string mode)
    {
        File.WriteAllText(directory.Below(name), "{}");
        Chmod(directory.Below(name), Octal(mode));
        return directory.Below(name);
    }

    private static void Expect(string? reason, string path)
    {
        var refusal = TrustedPath.Refusal(path);
        if (reason is null)
        {
            Assert.Null(refusal);
        }
        else
        {
            Assert.Contains(reason, refusal, StringComparison.Ordinal);
        }
    }
}
