using System.Diagnostics;

namespace ClearanceDaemon.Conformance;

/// <summary>Waits for conditions, with a limit that only a failing test reaches.</summary>
public static class Eventually
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static void True(Func<bool> condition, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < Limit, $"this never came true: {what}");
            Thread.Yield();
        }
    }
}
