using ClearanceDaemon.Core.Documents;
using ClearanceDaemon.Core.Tests.Rules;

namespace ClearanceDaemon.Core.Tests.Documents;

/// <summary>A watcher of several directories; how it follows one of them is shown with the rules (WatchTests).</summary>
public sealed class DocumentWatcherTests
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(3);

    [Fact]
    public void A_change_in_any_of_the_directories_is_told_once_it_has_rested()
    {
        using var one = new TempRules();
        using var two = new TempRules(create: false);
        var time = new ManualTime();
        var changes = 0;
        using var watcher = new DocumentWatcher([one.Path, two.Path], Rest, time, () => changes++);
        Change(time, () => one.Write("a.json", "{}"));
        Assert.Equal((0, Rest), (changes, time.DueTime));
        time.Fire();
        Change(time, () => Directory.CreateDirectory(Path.GetDirectoryName(two.Path)!));
        time.Fire();
        Assert.Equal(2, changes);
    }

    [Fact]
    public void Once_disposed_of_it_tells_nothing()
    {
        using var dir = new TempRules();
        var time = new ManualTime();
        var changes = 0;
        using (new DocumentWatcher([dir.Path], Rest, time, () => changes++))
        {
            Change(time, () => dir.Write("a.json", "{}"));
        }

        // A timer that had gone off already comes too late.
        time.Fire();
        Assert.Equal(0, changes);
    }

    private static void Change(ManualTime time, Action change)
    {
        var before = time.Armed;
        change();
        time.WaitForArmed(before);
    }
}
