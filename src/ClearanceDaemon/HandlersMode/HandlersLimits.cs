namespace ClearanceDaemon.HandlersMode;

/// <summary>Bounds of the handlers process that no manifest sets.</summary>
internal static class HandlersLimits
{
    /// <summary>How long an activated process stays with nobody connected and nothing running: idle, it costs the user memory for nothing.</summary>
    public static readonly TimeSpan IdleExit = TimeSpan.FromSeconds(30);

    /// <summary>What a kept program has, from the end of its stdin, to finish what it is at; then it is killed.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>How long a program whose stdout has ended may go on: it usually exits next, and its exit code tells more.</summary>
    public static readonly TimeSpan SilentExit = TimeSpan.FromSeconds(1);

    /// <summary>How long a stop waits for killed processes: one that hangs in the kernel must not hang us too.</summary>
    public static readonly TimeSpan Stop = TimeSpan.FromSeconds(5);

    /// <summary>How often exited orphans of programs that go on are looked for: their entries in the process table are bounded.</summary>
    public static readonly TimeSpan Reaping = TimeSpan.FromSeconds(5);

    /// <summary>How long an effect compiled into this process may take.</summary>
    public static readonly TimeSpan EffectDeadline = TimeSpan.FromSeconds(10);

    /// <summary>Effects compiled into this process at one time: each is a program of its own.</summary>
    public const int Effects = 8;

    /// <summary>Bytes for a kept program's stdin that it has not read: a slow reader holds that much of our memory.</summary>
    public const int PendingInput = 4 * 1024 * 1024;

    /// <summary>Bytes of one line of stderr that are logged: the log is for people.</summary>
    public const int ErrorLine = 1024;

    /// <summary>Lines of stderr that are logged at once, before <see cref="ErrorLinesPerSecond"/> holds: a program cannot flood the journal.</summary>
    public const int ErrorLines = 20;

    public const int ErrorLinesPerSecond = 2;

    /// <summary>Bytes of stderr still read of a program that has ended.</summary>
    public const int LastErrors = 64 * 1024;

    /// <summary>Bytes of stdout still read of a program that has exited: more than the longest answer.</summary>
    public const int LastOutput = 1024 * 1024;

    /// <summary>Connections at one time: the daemon has one, and a second while it starts anew.</summary>
    public const int Connections = 16;
}
