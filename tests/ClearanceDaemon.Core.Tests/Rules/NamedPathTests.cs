using ClearanceDaemon.Core.Rules;

namespace ClearanceDaemon.Core.Tests.Rules;

/// <summary>Paths a person named: a misspelt one must not leave a daemon without its denies.</summary>
public sealed class NamedPathTests
{
    [Fact]
    public void A_missing_path_is_bad_when_a_person_named_it()
    {
        using var dir = new TempRules(create: false);
        using var store = Store(dir, areNamed: true);
        store.Load();
        Assert.Equal(RuleStoreState.Bad, store.State);
        Assert.Contains(dir.Path, Assert.Single(store.Status.Problems).ToString(), StringComparison.Ordinal);

        Directory.CreateDirectory(dir.Path);
        dir.Write("a.json", TempRules.Deny);
        store.Load();
        Assert.Equal((RuleStoreState.Ok, 1), (store.State, store.Current.Count));
    }

    [Fact]
    public void A_missing_path_of_the_usual_ones_is_no_rules()
    {
        using var dir = new TempRules(create: false);
        using var store = Store(dir, areNamed: false);
        store.Load();
        Assert.Equal((RuleStoreState.Ok, 0), (store.State, store.Current.Count));
    }

    private static RuleStore Store(TempRules dir, bool areNamed) =>
        new(new() { Directories = [dir.Path], AreNamed = areNamed, Trust = static _ => null });
}
