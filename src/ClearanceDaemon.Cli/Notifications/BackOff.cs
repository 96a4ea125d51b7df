namespace ClearanceDaemon.Cli.Notifications;

/// <summary>How long to wait before the next try: longer each time, and short again after a try that held.</summary>
internal sealed class BackOff(TimeProvider time)
{
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private TimeSpan _next = Shortest;
    private long _began = time.GetTimestamp();

    /// <summary>A try begins.</summary>
    public void Begin() => _began = time.GetTimestamp();

    /// <summary>The try is over; how long to wait now.</summary>
    public TimeSpan Next()
    {
        // What fails right after it succeeded must not spin either.
        var wait = time.GetElapsedTime(_began) > Longest ? Shortest : _next;
        _next = TimeSpan.FromTicks(Math.Min(wait.Ticks * 2, Longest.Ticks));
        return wait;
    }
}
