using System.Runtime.InteropServices;

namespace ClearanceDaemon.Core.Native;

/// <summary>Reads the kernel's clocks by number.</summary>
internal static class NativeClock
{
    public static unsafe TimeSpan Read(int clock)
    {
        var timespec = stackalloc nint[2];
        return LibC.clock_gettime(clock, timespec) == 0
            ? new TimeSpan((timespec[0] * TimeSpan.TicksPerSecond) + (timespec[1] / TimeSpan.NanosecondsPerTick))
            : throw new IOException($"clock_gettime({clock}): {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
    }
}
