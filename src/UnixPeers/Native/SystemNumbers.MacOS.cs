namespace UnixPeers.Native;

internal sealed partial class SystemNumbers
{
    public static SystemNumbers ForMacOS() => new()
    {
        O_CREAT = 0x200,
        O_NONBLOCK = 0x4,
        O_NOFOLLOW = 0x100,
        O_CLOEXEC = 0x1000000,
        EAGAIN = 35,
        EADDRINUSE = 48,
        ECONNREFUSED = 61,
        FIOCLEX = 0x20006601,
        FIONCLEX = 0x20006602,
        SOCK_CLOEXEC = 0,
        SOCK_NONBLOCK = 0,
        SunPathBytes = 104,
        AddressHasLength = true,
        ModeBeforeBind = false,
    };
}
