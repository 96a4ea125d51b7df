using ClearanceDaemon.EndToEnd.Native;
using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>A daemon that lives in a directory nobody can guess and takes everything along.</summary>
public sealed class EphemeralTests : IDisposable
{
    private readonly TestHome _home;

    public EphemeralTests()
    {
        Repository.RequireNative();
        _home = new TestHome();
    }

    public void Dispose() => _home.Dispose();

    [Fact]
    public void It_announces_where_it_is_and_answers_there()
    {
        using var daemon = new EphemeralDaemon(_home);
        Assert.Equal(daemon.Daemon.Pid, daemon.AnnouncedPid);
        Assert.Equal(0x1C0, Lstat.Permissions(daemon["dir"]));
        using var client = new LineClient(daemon["askSocket"]);
        Assert.Equal("allowed", client.Exchange(LineClient.Ask(1, "demo.read")).GetProperty("result").GetProperty("outcome").GetString());
    }

    [Fact]
    public void It_leaves_nothing_behind_after_SIGTERM()
    {
        var before = Everything();
        using (var daemon = new EphemeralDaemon(_home))
        {
            using (var client = new LineClient(daemon["askSocket"]))
            {
                client.Exchange(LineClient.Ask(1, "demo.read"));
            }

            Assert.Equal(0, daemon.Daemon.Stop());
            Assert.False(Path.Exists(daemon["dir"]));
        }

        Assert.Equal(before, Everything());
    }

    [Fact]
    public void The_next_one_sweeps_what_a_killed_one_left_and_spares_the_living()
    {
        using var alive = new EphemeralDaemon(_home);
        using var killed = new EphemeralDaemon(_home);
        killed.Daemon.Signal(LibC.SIGKILL);
        killed.Daemon.WaitForExit();
        Assert.True(Path.Exists(killed["dir"]));

        using var next = new EphemeralDaemon(_home);
        Until.True(() => !Path.Exists(killed["dir"]), "the left-overs to be swept");
        Assert.True(Daemon.Listens(alive["askSocket"]));
    }

    [Fact]
    public void Two_of_them_never_share_an_address()
    {
        using var one = new EphemeralDaemon(_home);
        using var two = new EphemeralDaemon(_home);
        Assert.NotEqual(one["askSocket"], two["askSocket"]);
        Assert.NotEqual(one["dir"], two["dir"]);
        Assert.InRange(one["askSocket"].Length, 1, 92);
    }

    private List<string> Everything() =>
        [.. Directory.EnumerateFileSystemEntries(_home.Root, "*", SearchOption.AllDirectories)
            .Where(path => !path.StartsWith(Path.Combine(_home.Root, "rules"), StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
