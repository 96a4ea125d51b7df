using System.Runtime.InteropServices;

namespace ClearanceDaemon.Native;

/// <summary>prctl(2) and seccomp(2), with linux/filter.h's structures.</summary>
internal static unsafe partial class LibC
{
    [LibraryImport("libc", SetLastError = true)]
    public static partial int prctl(int option, nuint arg2, nuint arg3, nuint arg4, nuint arg5);

    // By number: the C library has no wrapper.
    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    public static partial nint seccomp(nint number, nuint operation, nuint flags, sock_fprog* args);

    [StructLayout(LayoutKind.Sequential)]
    public readonly struct sock_filter(ushort code, uint k, byte ifTrue = 0, byte ifFalse = 0)
    {
        public readonly ushort code = code;
        public readonly byte jt = ifTrue;
        public readonly byte jf = ifFalse;
        public readonly uint k = k;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct sock_fprog
    {
        public ushort len;
        public sock_filter* filter;
    }
}
