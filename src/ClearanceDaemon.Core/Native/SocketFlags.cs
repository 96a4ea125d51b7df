namespace ClearanceDaemon.Core.Native;

/// <summary>The numbers of this system, chosen once.</summary>
internal static class SocketFlags
{
    public static readonly int NonBlocking = OperatingSystem.IsLinux() ? LibC.Linux.O_NONBLOCK : LibC.MacOS.O_NONBLOCK;

    public static readonly int Again = OperatingSystem.IsLinux() ? LibC.Linux.EAGAIN : LibC.MacOS.EAGAIN;

    public static readonly int Receive = OperatingSystem.IsLinux() ? LibC.Linux.MSG_DONTWAIT : LibC.MacOS.MSG_DONTWAIT;

    /// <summary>macOS has no MSG_NOSIGNAL; the runtime ignores SIGPIPE on both.</summary>
    public static readonly int Send = OperatingSystem.IsLinux() ? LibC.Linux.MSG_DONTWAIT | LibC.Linux.MSG_NOSIGNAL : LibC.MacOS.MSG_DONTWAIT;
}
