namespace ClearanceDaemon.Core.Clearances;

/// <summary>Bounds of what waits for a person.</summary>
internal sealed record DeskLimits
{
    /// <summary>Asks that wait at one time, all sockets together: each holds up to a line's worth of memory.</summary>
    public int Pending { get; init; } = 1024;

    /// <summary>Asks of one socket that wait at one time: one sandbox leaves places for the others.</summary>
    public int PendingPerVia => Math.Max(1, Pending / 4);

    /// <summary>How long an ask with a key stays answerable when its rule sets no deadline; the asker cannot make it longer.</summary>
    public TimeSpan KeptFor { get; init; } = TimeSpan.FromMinutes(5);
}
