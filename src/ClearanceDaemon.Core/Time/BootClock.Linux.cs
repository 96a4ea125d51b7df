using ClearanceDaemon.Core.Native;

namespace ClearanceDaemon.Core.Time;

internal partial class BootClock
{
    // linux/time.h; CLOCK_MONOTONIC stops while the machine sleeps.
    private const int CLOCK_BOOTTIME = 7;
    private const string BootIdPath = "/proc/sys/kernel/random/boot_id";

    private static TimeSpan NowLinux() => NativeClock.Read(CLOCK_BOOTTIME);

    private static string BootIdLinux() => File.ReadAllText(BootIdPath).Trim();
}
