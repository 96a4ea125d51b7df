using System.Runtime.InteropServices;

namespace UnixPeers.Native;

/// <summary>Calls that make, name and connect sockets. Failures are -1 with errno in the last P/Invoke error.</summary>
internal static partial class LibC
{
    [LibraryImport("libc", SetLastError = true)]
    public static partial int socket(int domain, int type, int protocol);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int bind(SafeHandle socket, ReadOnlySpan<byte> address, uint length);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int listen(SafeHandle socket, int backlog);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int connect(SafeHandle socket, ReadOnlySpan<byte> address, uint length);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int accept(SafeHandle socket, nint address, nint length);

    [LibraryImport("libc", EntryPoint = "getsockname", SetLastError = true)]
    public static partial int getsockname_bytes(SafeHandle socket, Span<byte> address, ref uint length);

    [LibraryImport("libc", EntryPoint = "fchmod", SetLastError = true)]
    public static partial int fchmod_socket(SafeHandle socket, uint mode);

    // Without a third argument the variadic call is the same everywhere.
    [LibraryImport("libc", SetLastError = true)]
    public static partial int ioctl(SafeHandle descriptor, nuint request);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int poll_one(ref pollfd entry, nuint count, int timeoutMilliseconds);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint read(SafeHandle descriptor, Span<byte> bytes, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint write(SafeHandle descriptor, ReadOnlySpan<byte> bytes, nuint count);
}
