using System.Runtime.InteropServices;

namespace ClearanceDaemon.Native;

/// <summary>Calls on processes of ours, under the names Tmds.LibC gives them.</summary>
internal static unsafe partial class LibC
{
    public const int SIGKILL = 9;
    public const nint SIG_DFL = 0;
    public const nint SIG_IGN = 1;
    public const int ESRCH = 3;
    public const int ECHILD = 10;
    public const int P_PID = 1;
    public const int WNOHANG = 1;
    public const int WEXITED = 4;
    public const int X_OK = 1;

    /// <summary>siginfo_t is 128 bytes on Linux and 104 on macOS.</summary>
    public const int SiginfoBytes = 128;

    [LibraryImport("libc", SetLastError = true)]
    public static partial int kill(int pid, int signal);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int waitpid(int pid, int* status, int options);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int waitid(int idtype, uint id, byte* info, int options);

    /// <summary>A struct sigaction is 152 bytes in glibc and 16 on macOS; on both it begins with the handler.</summary>
    public const int SigactionBytes = 256;

    [LibraryImport("libc", SetLastError = true)]
    public static partial int sigaction(int number, void* action, void* old);

    [LibraryImport("libc")]
    public static partial nint signal(int number, nint handler);

    [LibraryImport("libc")]
    public static partial int getsid(int pid);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int access(string path, int mode);
}
