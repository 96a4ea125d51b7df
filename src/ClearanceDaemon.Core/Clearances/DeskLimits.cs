namespace ClearanceDaemon.Core.Clearances;

/// <summary>Bounds of what waits for a person: a person's attention is the scarcest thing here.</summary>
internal sealed record DeskLimits
{
    /// <summary>Asks that wait at one time, all sockets together; for one more the oldest ends.</summary>
    public int Pending { get; init; } = 16384;

    /// <summary>Bytes of asks that wait at one time: what they may cost in memory; for more the oldest end.</summary>
    public long PendingBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Asks of one socket that wait at one time: one sandbox leaves places for the others.</summary>
    public int PendingPerVia => Math.Max(1, Pending / 4);

    /// <summary>Bytes of one socket's asks that wait at one time: long asks take no other sandbox's places either.</summary>
    public long PendingBytesPerVia => PendingBytes / 4;

    /// <summary>Asks of one process that wait at one time: one runaway agent does not bury the others' asks.</summary>
    public int PendingPerProcess { get; init; } = 256;

    /// <summary>Asks of one connection that wait at one time.</summary>
    public int PendingPerConnection { get; init; } = 128;

    /// <summary>New prompts a minute of one process: equal asks are one prompt and do not count.</summary>
    public int PromptsPerMinute { get; init; } = 120;

    /// <summary>New prompts a minute of one socket, all its processes together.</summary>
    public int PromptsPerMinutePerVia { get; init; } = 600;

    /// <summary>How long an ask with a key stays answerable when its rule sets no deadline; the asker cannot make it longer.</summary>
    public TimeSpan KeptFor { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an ask that a firewall reported stays answerable when its rule sets no deadline: what it blocked, somebody may still want.</summary>
    public TimeSpan ReportedFor { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a verdict that could not be carried out stays open to be tried again.</summary>
    public TimeSpan FailedFor { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Ended asks whose end is remembered, so that a late verdict is told why it is late.</summary>
    public int Remembered { get; init; } = 1024;
}
