using System.Runtime.InteropServices;

namespace ClearanceDaemon.Native;

/// <summary>What only the program, never a library, may change for the whole process.</summary>
internal static partial class LibC
{
    [LibraryImport("libc")]
    public static partial uint umask(uint mask);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int getrlimit(int resource, out rlimit limit);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int setrlimit(int resource, in rlimit limit);

    [StructLayout(LayoutKind.Sequential)]
    public struct rlimit
    {
        public ulong rlim_cur;
        public ulong rlim_max;
    }
}
