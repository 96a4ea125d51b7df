using ClearanceDaemon.Core.Rules;

namespace ClearanceDaemon.Core.Tests.Rules;

public sealed class StoreTests
{
    private const string Broken = "{\"version\":1,";

    [Fact]
    public void Before_the_first_load_nothing_may_be_decided()
    {
        using var dir = new TempRules();
        using var store = dir.Store();
        Assert.Equal(RuleStoreState.Bad, store.State);
        Assert.Same(RuleSet.Empty, store.Current);
    }

    [Fact]
    public void A_good_load_is_in_force()
    {
        using var dir = new TempRules();
        dir.Write("a.json", TempRules.Deny);
        using var store = dir.Store();
        var load = store.Load();
        Assert.Equal(RuleStoreState.Ok, store.State);
        Assert.Same(load.Set, store.Current);
        Assert.NotNull(store.Status.Loaded);
        Assert.Empty(store.Status.Problems);
    }

    [Fact]
    public void Bad_at_the_start_stays_bad_until_it_is_mended()
    {
        using var dir = new TempRules();
        dir.Write("a.json", Broken);
        using var store = dir.Store();
        Assert.Null(store.Load().Set);
        Assert.Equal(RuleStoreState.Bad, store.State);
        Assert.Single(store.Status.Problems);
        store.Load();
        Assert.Equal(RuleStoreState.Bad, store.State);
        dir.Write("a.json", TempRules.Deny);
        store.Load();
        Assert.Equal((RuleStoreState.Ok, 1), (store.State, store.Current.Count));
    }

    [Fact]
    public void A_bad_file_keeps_the_whole_last_good_set()
    {
        using var dir = new TempRules();
        dir.Write("a.json", TempRules.Deny);
        using var store = dir.Store();
        var good = store.Load().Set;
        dir.Write("b.json", TempRules.Allow);
        dir.Write("c.json", Broken);
        Assert.Null(store.Load().Set);
        Assert.Equal(RuleStoreState.Stale, store.State);
        Assert.Same(good, store.Current);
        Assert.Equal(dir["c.json"], Assert.Single(store.Status.Problems).File);
        File.Delete(dir["c.json"]);
        store.Load();
        Assert.Equal((RuleStoreState.Ok, 2), (store.State, store.Current.Count));
        Assert.Empty(store.Status.Problems);
    }

    [Fact]
    public void No_files_at_all_are_good_and_empty()
    {
        using var dir = new TempRules(create: false);
        using var store = dir.Store();
        store.Load();
        Assert.Equal((RuleStoreState.Ok, 0), (store.State, store.Current.Count));
    }

    [Fact]
    public void Everyone_is_told_after_a_load_also_a_bad_one()
    {
        using var dir = new TempRules();
        using var store = dir.Store();
        var states = new List<RuleStoreState>();
        store.Changed += status => states.Add(status.State);
        store.Load();
        dir.Write("a.json", Broken);
        store.Load();
        Assert.Equal([RuleStoreState.Ok, RuleStoreState.Stale], states);
    }

    [Fact]
    public async Task Loads_and_decisions_run_side_by_side()
    {
        using var dir = new TempRules();
        dir.Write("a.json", TempRules.Deny);
        using var store = dir.Store();
        store.Load();
        var loads = Task.Run(() =>
        {
            for (var i = 0; i < 200; i++)
            {
                store.Load();
            }
        });
        var ask = Some.Ask("a");
        while (!loads.IsCompleted)
        {
            Assert.Equal("Deny no", store.Current.Decide(ask).Says());
        }

        await loads;
    }

    [Fact]
    public void A_disposed_store_watches_no_more()
    {
        using var dir = new TempRules();
        var store = dir.Store();
        store.Watch();
        store.Dispose();
        store.Dispose();
        Assert.Throws<ObjectDisposedException>(store.Watch);
    }
}
