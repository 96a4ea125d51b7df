using System.Runtime.InteropServices;

namespace ClearanceDaemon.Tests.Native;

/// <summary>Signals, which .NET can only send as SIGKILL.</summary>
internal static partial class LibC
{
    public const int SIGHUP = 1;
    public const int SIGKILL = 9;
    public const int SIGTERM = 15;

    [LibraryImport("libc", SetLastError = true)]
    public static partial int kill(int pid, int signal);
}
