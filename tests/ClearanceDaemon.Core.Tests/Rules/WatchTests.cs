using ClearanceDaemon.Core.Rules;

namespace ClearanceDaemon.Core.Tests.Rules;

public sealed class WatchTests
{
    [Fact]
    public void A_change_is_read_once_it_has_rested()
    {
        using var dir = new TempRules();
        var time = new ManualTime();
        using var store = Watching(dir, time);
        Change(time, () => dir.Write("a.json", TempRules.Deny));
        Assert.Equal(0, store.Current.Count);
        Assert.Equal(TimeSpan.FromMilliseconds(200), time.DueTime);
        time.Fire();
        Assert.Equal(1, store.Current.Count);
    }

    [Fact]
    public void Every_further_change_starts_the_rest_again()
    {
        using var dir = new TempRules();
        var time = new ManualTime();
        using var store = Watching(dir, time);
        var loads = 0;
        store.Changed += _ => loads++;
        Change(time, () => dir.Write("a.json", "{"));
        Change(time, () => dir.Write("a.json", TempRules.Deny));
        Change(time, () => dir.Write("b.json", TempRules.Allow));
        Assert.Equal(0, loads);
        time.Fire();
        Assert.Equal((1, 2), (loads, store.Current.Count));
    }

    [Fact]
    public void An_editor_that_renames_over_the_file_is_followed_again_and_again()
    {
        using var dir = new TempRules();
        dir.Write("a.json", TempRules.Allow);
        var time = new ManualTime();
        using var store = Watching(dir, time);
        foreach (var text in new[] { TempRules.Deny, TempRules.Allow, TempRules.Deny })
        {
            Change(time, () =>
            {
                dir.Write(".a.json.tmp", text);
                File.Move(dir["a.json"], dir["a.json~"], overwrite: true);
                File.Move(dir[".a.json.tmp"], dir["a.json"]);
            });
            time.Fire();
            Assert.Equal(text == TempRules.Deny ? "Deny no" : "Allow yes", store.Current.Decide(Some.Ask("a")).Says());
        }
    }

    [Fact]
    public void A_deleted_file_is_noticed()
    {
        using var dir = new TempRules();
        dir.Write("a.json", TempRules.Deny);
        var time = new ManualTime();
        using var store = Watching(dir, time);
        Change(time, () => File.Delete(dir["a.json"]));
        time.Fire();
        Assert.Equal(0, store.Current.Count);
    }

    [Fact]
    public void A_directory_that_comes_later_is_found_step_by_step()
    {
        using var dir = new TempRules(create: false);
        var time = new ManualTime();
        using var store = Watching(dir, time);
        Change(time, () => Directory.CreateDirectory(Path.GetDirectoryName(dir.Path)!));
        time.Fire();
        Change(time, () => Directory.CreateDirectory(dir.Path));
        time.Fire();
        Change(time, () => dir.Write("a.json", TempRules.Deny));
        time.Fire();
        Assert.Equal(1, store.Current.Count);
    }

    [Fact]
    public void A_directory_that_is_replaced_is_followed()
    {
        using var dir = new TempRules();
        dir.Write("a.json", TempRules.Deny);
        var time = new ManualTime();
        using var store = Watching(dir, time);
        Change(time, () => Directory.Move(dir.Path, dir.Path + ".old"));
        time.Fire();
        Assert.Equal(0, store.Current.Count);
        Change(time, () => Directory.CreateDirectory(dir.Path));
        time.Fire();
        Change(time, () => dir.Write("b.json", TempRules.Allow));
        time.Fire();
        Assert.Equal("Allow yes", store.Current.Decide(Some.Ask("a")).Says());
    }

    [Fact]
    public void With_the_system_clock_it_needs_no_help()
    {
        using var dir = new TempRules();
        using var store = dir.Store();
        using var loaded = new SemaphoreSlim(0);
        store.Load();
        store.Changed += _ => loaded.Release();
        store.Watch();
        dir.Write("a.json", TempRules.Deny);
        Assert.True(loaded.Wait(TimeSpan.FromSeconds(10)));
        Assert.Equal(RuleStoreState.Ok, store.State);
    }

    private static RuleStore Watching(TempRules dir, ManualTime time)
    {
        var store = dir.Store(time: time);
        store.Watch();
        store.Load();
        return store;
    }

    private static void Change(ManualTime time, Action change)
    {
        var before = time.Armed;
        change();
        time.WaitForArmed(before);
    }
}
