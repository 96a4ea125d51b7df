using System.Diagnostics;
using ClearanceDaemon.Core.Grants;
using ClearanceDaemon.Core.Rules;

namespace ClearanceDaemon.Core.Tests.Grants;

/// <summary>The file: whole or not at all, and nothing but our own is believed.</summary>
public sealed class StoreTests : IDisposable
{
    private readonly World _world = new();

    private string Unfinished => _world.FilePath + ".new";

    public void Dispose() => _world.Dispose();

    [Fact]
    public void The_file_is_private_and_nothing_else_is_left_beside_it()
    {
        _world.Add(World.Deploy(), GrantScopes.Always);
        Assert.Equal((UnixFileMode)Convert.ToInt32("600", 8), File.GetUnixFileMode(_world.FilePath));
        Assert.Equal([_world.FilePath], Directory.GetFileSystemEntries(_world.Directory));
    }

    [Fact]
    public void No_file_and_no_directory_are_no_grants()
    {
        Assert.Empty(_world.Store.Load().Grants);
        var store = new GrantStore(Path.Combine(_world.Directory, "none"), new(), TimeProvider.System);
        Assert.Empty(store.Load().Grants);
        Assert.Empty(store.SetAside);
        Assert.Contains("cannot be opened as a directory", Write(store), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_never_finished_is_removed_and_the_old_one_stands()
    {
        var grant = _world.Add(World.Deploy(), GrantScopes.Always);
        File.WriteAllText(Unfinished, "{\"version\":1,\"latestWall\":\"2026-11-20T12:00:0");
        _world.Restart();
        Assert.Equal(grant.Id, _world.Find(World.Deploy()).Fits!.Id);
        Assert.False(File.Exists(Unfinished));
    }

    [Fact]
    public void A_link_in_place_of_the_unfinished_file_is_not_followed()
    {
        var victim = Path.Combine(_world.Directory, "victim");
        File.WriteAllText(victim, "mine");
        File.CreateSymbolicLink(Unfinished, victim);
        _world.Add(World.Deploy(), GrantScopes.Always);
        Assert.Equal("mine", File.ReadAllText(victim));
        Assert.Null(new FileInfo(_world.FilePath).LinkTarget);
    }

    [Fact]
    public void A_write_replaces_a_link_and_leaves_its_target()
    {
        _world.Restart();
        var victim = Path.Combine(_world.Directory, "victim");
        File.WriteAllText(victim, "mine");
        File.CreateSymbolicLink(_world.FilePath, victim);
        _world.Add(World.Deploy(), GrantScopes.Always);
        Assert.Equal("mine", File.ReadAllText(victim));
        Assert.Single(_world.OnDisk());
    }

    public static TheoryData<string, string> Strange => new()
    {
        { "mode", "has mode 0640, not 0600" },
        { "link", "cannot be opened as a regular file that is no link" },
        { "hard", "has 2 names (hard links)" },
        { "fifo", "is not a regular file" },
        { "directory", "is not a regular file" },
        { "owner", "belongs to uid 12345, not to us" },
    };

    [Theory]
    [MemberData(nameof(Strange))]
    public void What_is_not_our_file_is_set_aside_untouched(string kind, string why)
    {
        Assert.SkipWhen(kind == "owner" && Environment.UserName != "root", "only root gives files away");
        _world.Add(World.Deploy(), GrantScopes.Always);
        var original = File.ReadAllBytes(_world.FilePath);
        Spoil(kind);
        var e = Assert.Throws<GrantStoreException>(() => _world.Restart());
        Assert.Equal($"grants: {_world.FilePath} {why}", e.Message[..$"grants: {_world.FilePath} {why}".Length]);
        var aside = Assert.Single(_world.Store.SetAside);
        Assert.Contains($"It was set aside as {Path.GetFileName(aside)} and no grant of it is in force", e.Message, StringComparison.Ordinal);
        Assert.Equal("grants.json.bad-2026-11-20T12:00:00.000Z", Path.GetFileName(aside));
        Assert.False(Path.Exists(_world.FilePath));
        Assert.False(_world.IsAnswered(World.Deploy()));
        if (kind is not "fifo" and not "directory")
        {
            Assert.Equal(original, File.ReadAllBytes(aside));
        }

        // Grants can be made again, and what was set aside stays.
        _world.Add(World.Deploy(), GrantScopes.Always);
        _world.Restart();
        Assert.True(_world.IsAnswered(World.Deploy()));
        Assert.Equal([aside], _world.Store.SetAside);
    }

    [Fact]
    public void What_cannot_be_set_aside_is_never_overwritten()
    {
        File.WriteAllText(_world.FilePath, "{}");
        _world.Break();
        var e = Assert.Throws<GrantStoreException>(() => _world.Restart());
        Assert.Contains("make it ours with mode 0700", e.Message, StringComparison.Ordinal);
        _world.Mend();
        var grant = _world.Make(World.Deploy(), GrantScopes.Always);
        Assert.NotNull(_world.Loop.Run(() => _world.Grants.AddAsync(grant)));
        Assert.Equal("{}", File.ReadAllText(_world.FilePath));
    }

    [Fact]
    public void A_directory_that_is_a_link_is_not_used()
    {
        var link = _world.Directory + "-link";
        Directory.CreateSymbolicLink(link, _world.Directory);
        try
        {
            var store = new GrantStore(link, new(), TimeProvider.System);
            Assert.Contains("a directory that is no link", Assert.Throws<GrantStoreException>(store.Load).Message, StringComparison.Ordinal);
            Assert.NotNull(Write(store));
            Assert.False(File.Exists(_world.FilePath));
        }
        finally
        {
            File.Delete(link);
        }
    }

    [Fact]
    public void What_stands_in_the_way_is_told_and_the_old_file_stays()
    {
        var grant = _world.Add(World.Deploy(), GrantScopes.Always);
        Directory.CreateDirectory(Path.Combine(Unfinished, "full"));
        Assert.Contains("cannot be written", Write(_world.Store), StringComparison.Ordinal);
        Assert.Equal([grant.Id.ToString()], _world.OnDisk());
        Directory.Delete(Unfinished, recursive: true);
        Directory.CreateDirectory(Unfinished);
        Assert.NotNull(Write(_world.Store));
        Directory.Delete(Unfinished);
    }

    private string? Write(GrantStore store) => _world.Loop.Run(() => store.WriteAsync([], World.Noon));

    private void Spoil(string kind)
    {
        var path = _world.FilePath;
        switch (kind)
        {
            case "mode":
                File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32("640", 8));
                break;
            case "link":
                File.Move(path, path + ".elsewhere");
                File.CreateSymbolicLink(path, path + ".elsewhere");
                break;
            case "hard":
                Run("ln", path, path + ".second");
                break;
            case "fifo":
                File.Delete(path);
                Run("mkfifo", "-m", "600", path);
                break;
            case "directory":
                File.Delete(path);
                Directory.CreateDirectory(path);
                break;
            default:
                Run("chown", "12345", path);
                break;
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
