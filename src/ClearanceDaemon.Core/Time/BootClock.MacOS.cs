using System.Text;
using ClearanceDaemon.Core.Native;

namespace ClearanceDaemon.Core.Time;

internal partial class BootClock
{
    // sys/_types/_clockid_t of macOS: this one goes on while the machine sleeps, unlike CLOCK_UPTIME_RAW.
    private const int CLOCK_MONOTONIC_RAW = 4;
    private const int UuidBytes = 37;

    private static TimeSpan NowMacOS() => NativeClock.Read(CLOCK_MONOTONIC_RAW);

    private static unsafe string BootIdMacOS()
    {
        Span<byte> uuid = stackalloc byte[UuidBytes];
        nuint length = UuidBytes;
        fixed (byte* pointer = uuid)
        {
            if (LibC.sysctlbyname("kern.bootsessionuuid", pointer, &length, 0, 0) != 0)
            {
                throw new IOException("sysctl kern.bootsessionuuid cannot be read.");
            }
        }

        return Encoding.ASCII.GetString(uuid[..(int)length].TrimEnd((byte)0));
    }
}
