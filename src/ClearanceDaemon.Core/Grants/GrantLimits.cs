namespace ClearanceDaemon.Core.Grants;

/// <summary>The limits of grants.</summary>
internal sealed record GrantLimits
{
    /// <summary>Grants in force at one time: what one rewrite of the file, and a person who reads the list, can take.</summary>
    public int Grants { get; init; } = 1000;

    /// <summary>The largest file: it is written and read whole.</summary>
    public int FileBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>How often the latest wall time is kept while a grant runs out: what a crash and a clock set back could win together.</summary>
    public TimeSpan RefreshEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often grants that run out are looked at: timers sleep when the machine does, and the wall clock may jump.</summary>
    public TimeSpan CheckEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long after a failed write the next is tried: a full disk is not hammered.</summary>
    public TimeSpan RetryEvery { get; init; } = TimeSpan.FromSeconds(10);
}
