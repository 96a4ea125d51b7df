namespace ClearanceDaemon.Core.Time;

/// <summary>
/// Time since this boot, sleep included, which no one can set: what durations of grants count on. Tests derive their own.
/// </summary>
internal partial class BootClock
{
    private string? _bootId;

    protected BootClock()
    {
    }

    public static BootClock System { get; } = new();

    /// <summary>Time since boot, time asleep included.</summary>
    public virtual TimeSpan Now => OperatingSystem.IsMacOS() ? NowMacOS() : NowLinux();

    /// <summary>Names this boot; another one after every restart of the machine.</summary>
    public virtual string BootId => _bootId ??= OperatingSystem.IsMacOS() ? BootIdMacOS() : BootIdLinux();
}
