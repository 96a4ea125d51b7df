namespace ClearanceDaemon.Core.Native;

/// <summary>Numbers that only macOS has. No Mac has run this code yet.</summary>
internal static unsafe partial class LibC
{
    /// <summary>Numbers that other systems spell differently (Darwin's sys/fcntl.h, sys/socket.h, sys/errno.h).</summary>
    public static class MacOS
    {
        public const int O_NONBLOCK = 0x4;
        public const int MSG_DONTWAIT = 0x80;
        public const int EAGAIN = 35;
    }
}
