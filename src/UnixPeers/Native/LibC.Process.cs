using System.Runtime.InteropServices;

namespace UnixPeers.Native;

/// <summary>Calls on processes, files by identity, and the environment.</summary>
internal static unsafe partial class LibC
{
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int statx(int dirfd, byte* path, int flags, uint mask, void* buffer);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int fstatfs(int fd, void* buffer);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int unsetenv(string name);

    [LibraryImport("libc")]
    internal static partial void free(void* memory);

    // By number: the wrapper came with glibc 2.34, the call with Linux 5.9, under one number on all architectures.
    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint syscall3(nint number, nuint first, nuint second, nuint third);

    // By number: the wrapper came with glibc 2.36.
    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint syscall2(nint number, nint first, nuint second);
}
