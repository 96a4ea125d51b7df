using ClearanceDaemon.Core.Time;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>The two clocks of an ask: the wall's for people, the boot's for the truth.</summary>
internal sealed record DeskClocks(TimeProvider Wall, BootClock Boot)
{
    public Deadline DeadlineIn(TimeSpan time) => new(time, Wall, Boot);
}
