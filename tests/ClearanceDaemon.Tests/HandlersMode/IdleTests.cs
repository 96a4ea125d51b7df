using ClearanceDaemon.Conformance;

namespace ClearanceDaemon.Tests.HandlersMode;

/// <summary>An activated process that nobody needs any more.</summary>
[Collection(HandlersCollection.Name)]
public sealed class IdleTests
{
    [Fact]
    public void It_ends_once_nobody_has_been_connected_for_the_idle_time()
    {
        using var handlers = new HandlersFixture(TimeSpan.FromMilliseconds(200));
        var manifest = handlers.Add("good", Scripts.Good);
        handlers.Run(manifest);
        handlers.Client.Dispose();
        Eventually.True(() => handlers.HasEnded, "it ends");
        Assert.Contains("stopping: nobody needs it", handlers.Log, StringComparison.Ordinal);
        Assert.Empty(handlers.Mine());
    }

    [Fact]
    public void While_someone_is_connected_it_stays()
    {
        using var handlers = new HandlersFixture(TimeSpan.FromMilliseconds(20));
        var manifest = handlers.Add("good", Scripts.Of("""
            for r in requests():
                time.sleep(0.2)
                answer(r)
            """));
        using var client = handlers.Client;
        handlers.Run(manifest);
        Assert.False(handlers.HasEnded);
    }
}
