using ClearanceDaemon.Core.Time;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>
/// The one end of a pending ask: what every surface shows, what its timer waits for and what a late verdict is measured
/// by. It never moves. Time asleep counts.
/// </summary>
internal sealed class Deadline(TimeSpan time, TimeProvider wall, BootClock boot)
{
    private readonly TimeSpan _due = boot.Now + time;

    /// <summary>For people and other programs.</summary>
    public DateTimeOffset Wall { get; } = wall.GetUtcNow() + time;

    public bool IsPast => boot.Now >= _due;
}
