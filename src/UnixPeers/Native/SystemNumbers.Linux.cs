using System.Runtime.InteropServices;

namespace UnixPeers.Native;

internal sealed partial class SystemNumbers
{
    public static SystemNumbers ForLinux(Architecture architecture)
    {
        var ppc = architecture is Architecture.Ppc64le;
        var swapped = ppc || architecture is Architecture.Arm or Architecture.Arm64 or Architecture.Armv6;
        return new SystemNumbers
        {
            O_CREAT = 0x40,
            O_NONBLOCK = 0x800,
            O_NOFOLLOW = swapped ? 0x8000 : 0x20000,
            O_CLOEXEC = 0x80000,
            EAGAIN = 11,
            EADDRINUSE = 98,
            ECONNREFUSED = 111,
            FIOCLEX = ppc ? 0x20006601u : 0x5451u,
            FIONCLEX = ppc ? 0x20006602u : 0x5450u,
            SOCK_CLOEXEC = 0x80000,
            SOCK_NONBLOCK = 0x800,
            SunPathBytes = 108,
            AddressHasLength = false,
            ModeBeforeBind = true,
        };
    }
}
