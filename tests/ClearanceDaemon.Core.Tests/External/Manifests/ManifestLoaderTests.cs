using System.Diagnostics;
using ClearanceDaemon.Core.Documents;
using ClearanceDaemon.Core.External.Manifests;

namespace ClearanceDaemon.Core.Tests.External.Manifests;

/// <summary>Which files are manifests, and which of them are used.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ManifestLoaderTests
{
    [Fact]
    public void Manifests_of_both_directories_are_used_by_name()
    {
        using var dir = new TempManifests();
        dir.Write("b");
        dir.Write("a", dir.Admin);
        dir.Write("c", dir.Admin);
        var set = dir.Load();
        Assert.Empty(set.Problems);
        Assert.Equal(["a", "b", "c"], set.Manifests.Select(static m => m.Name));
        Assert.Equal(Path.Combine(dir.User, "b.json"), set.Find("b")!.File);
        Assert.Null(set.Find("d"));
        Assert.All(set.Files, static file => Assert.True(file.Used));
    }

    [Fact]
    public void Missing_directories_are_listed_and_no_problem()
    {
        using var dir = new TempManifests();
        Directory.Delete(dir.User);
        Directory.Delete(dir.Admin);
        var set = dir.Load();
        Assert.Empty(set.Problems);
        Assert.Equal(["it does not exist", "it does not exist"], set.Files.Select(static f => f.Why));
    }

    [Fact]
    public void A_bad_manifest_is_one_handler_less_and_no_more()
    {
        using var dir = new TempManifests();
        dir.Write("good");
        var bad = dir.WriteFile("bad.json", "{\"version\":1}");
        var set = dir.Load();
        Assert.Equal(["good"], set.Manifests.Select(static m => m.Name));
        Assert.All(set.Problems, problem => Assert.Equal(bad, problem.File));
        Assert.Equal(4, set.Problems.Count);
        Assert.Contains(new DocumentSeen(bad, false, "it has problems"), set.Files);
    }

    [Fact]
    public void B67_what_is_passed_over_is_listed_with_the_reason()
    {
        using var dir = new TempManifests();
        dir.WriteFile("a.jsn", "");
        dir.WriteFile("a.json~", "");
        dir.WriteFile(".a.json", "");
        Directory.CreateDirectory(Path.Combine(dir.User, "b.json"));
        var set = dir.Load();
        Assert.Empty(set.Problems);
        Assert.Equal(
            [".a.json its name starts with a dot", "a.jsn its name does not end in .json", "a.json~ its name does not end in .json", "b.json it is a directory"],
            set.Files.Select(static f => $"{Path.GetFileName(f.Path)} {f.Why}"));
    }

    [Fact]
    public void The_same_name_is_the_admins()
    {
        using var dir = new TempManifests();
        var user = dir.Write("hello");
        var admin = dir.Write("hello", dir.Admin);
        var set = dir.Load();
        Assert.Equal(admin, Assert.Single(set.Manifests).File);
        Assert.Equal($"{user}: is not used: {admin} has the same name and comes first; give this handler another name", Assert.Single(set.Problems).ToString());
        Assert.False(set.Files.Single(file => file.Path == user).Used);
    }

    [Fact]
    public void A_broken_manifest_of_the_admins_is_not_the_users_to_replace()
    {
        using var dir = new TempManifests();
        dir.Write("hello");
        dir.WriteFile("hello.json", "{", dir.Admin);
        Assert.Empty(dir.Load().Manifests);
        var theirs = dir.Write("hello", dir.Admin);
        Assert.Empty(dir.Load(path => path == theirs ? "is not root's" : null).Manifests);
        File.WriteAllText(theirs, new string(' ', ManifestLimits.FileBytes + 1));
        Assert.Empty(dir.Load().Manifests);
    }

    [Fact]
    public void What_others_can_write_is_refused_and_the_rest_used()
    {
        using var dir = new TempManifests();
        dir.Write("mine");
        var theirs = dir.Write("theirs");
        File.SetUnixFileMode(theirs, File.GetUnixFileMode(theirs) | UnixFileMode.OtherWrite);
        var set = dir.Load();
        Assert.Equal(["mine"], set.Manifests.Select(static m => m.Name));
        Assert.Contains("writable by others", Assert.Single(set.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_that_others_can_write_is_refused_whole()
    {
        using var dir = new TempManifests();
        dir.Write("hello");
        dir.Write("admins", dir.Admin);
        File.SetUnixFileMode(dir.User, File.GetUnixFileMode(dir.User) | UnixFileMode.GroupWrite);
        var set = dir.Load();
        Assert.Equal(["admins"], set.Manifests.Select(static m => m.Name));
        Assert.Equal(dir.User, Assert.Single(set.Problems).File);
    }

    [Fact]
    public void A_link_is_followed_to_what_passes_the_same()
    {
        using var dir = new TempManifests();
        var target = dir.WriteFile("hello", TempManifests.Good("hello"), dir.Root);
        var link = Path.Combine(dir.User, "hello.json");
        File.CreateSymbolicLink(link, target);
        Assert.Equal(link, Assert.Single(dir.Load().Manifests).File);
        File.SetUnixFileMode(target, File.GetUnixFileMode(target) | UnixFileMode.GroupWrite);
        Assert.Empty(dir.Load().Manifests);
        File.Delete(target);
        Assert.Single(dir.Load().Problems);
    }

    [Fact]
    public void A_FIFO_is_refused_and_not_waited_for()
    {
        using var dir = new TempManifests();
        using var mkfifo = Process.Start("mkfifo", [Path.Combine(dir.User, "pipe.json")]);
        mkfifo.WaitForExit();
        Assert.Contains("neither a file nor a directory", Assert.Single(dir.Load().Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void A_manifest_has_so_many_bytes_and_no_more(int over, int used)
    {
        using var dir = new TempManifests();
        dir.WriteFile("hello.json", TempManifests.Good("hello").PadRight(ManifestLimits.FileBytes + over));
        var set = dir.Load();
        Assert.Equal(used, set.Manifests.Count);
        Assert.Equal(over, set.Problems.Count(static p => p.Message.Contains($"larger than {ManifestLimits.FileBytes} bytes", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void There_are_so_many_handlers_and_the_first_by_name_are_used(int over)
    {
        using var dir = new TempManifests();
        for (var i = 0; i < ManifestLimits.Handlers + over; i++)
        {
            dir.Write($"h{i:00}", i % 2 == 0 ? dir.User : dir.Admin);
        }

        var set = dir.Load();
        Assert.Equal(ManifestLimits.Handlers, set.Manifests.Count);
        Assert.Equal(["h00", "h63"], [set.Manifests[0].Name, set.Manifests[^1].Name]);
        Assert.Equal(over, set.Problems.Count);
        Assert.Equal(over, set.Files.Count(static file => !file.Used));
        Assert.All(set.Problems, static p => Assert.StartsWith("is not used: there are more than 64 handlers", p.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_directory_twice_is_read_once()
    {
        using var dir = new TempManifests();
        dir.Write("hello");
        var set = ManifestLoader.Load([dir.User, dir.User + "/"]);
        Assert.Empty(set.Problems);
        Assert.Single(set.Manifests);
    }

    [Fact]
    public void Sha256sum_says_the_same()
    {
        using var dir = new TempManifests();
        var path = dir.Write("hello");
        using var sum = Process.Start(new ProcessStartInfo("sha256sum", [path]) { RedirectStandardOutput = true })!;
        Assert.StartsWith(dir.Load().Find("hello")!.Sha256, sum.StandardOutput.ReadToEnd(), StringComparison.Ordinal);
    }
}
