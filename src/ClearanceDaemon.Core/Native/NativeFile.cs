using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ClearanceDaemon.Core.Native;

/// <summary>
/// File calls by directory handle and bare name. Outcomes are numbers: what the call returned, or the negated errno, as
/// the kernel has it. Every handle is close-on-exec; no call follows a link in the last component.
/// </summary>
internal static class NativeFile
{
    /// <summary>Owner reads and writes, nobody else.</summary>
    private const uint PrivateMode = 0x180;

    /// <summary>Opens a directory itself, not what a link of that name points to.</summary>
    /// <param name="path">Absolute, so that the call needs no directory to start from.</param>
    public static int OpenDirectory(string path, out SafeFileHandle? handle) =>
        Wrap(OpenAt(-1, path, LibC.O_RDONLY | LibC.O_DIRECTORY | LibC.O_NOFOLLOW | LibC.O_CLOEXEC, 0), out handle);

    /// <summary>Opens <paramref name="name"/> in <paramref name="directory"/>; a FIFO without a writer does not block.</summary>
    public static int Open(SafeFileHandle directory, string name, int flags, out SafeFileHandle? handle) =>
        Wrap(OpenAt(Fd(directory), name, flags | LibC.O_NOFOLLOW | LibC.O_CLOEXEC | LibC.O_NONBLOCK, PrivateMode), out handle);

    /// <summary>One <c>write(2)</c>: bytes written, which may be fewer than asked, or −errno.</summary>
    public static unsafe int Write(SafeFileHandle file, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* pointer = bytes)
        {
            while (true)
            {
                var written = LibC.write(Fd(file), pointer, (nuint)bytes.Length);
                if (written >= 0)
                {
                    return (int)written;
                }

                var errno = Marshal.GetLastPInvokeError();
                if (errno != LibC.EINTR)
                {
                    return -errno;
                }
            }
        }
    }

    /// <summary>
    /// From now on a write beyond RLIMIT_FSIZE fails with EFBIG and no longer kills the process, which the runtime lets
    /// happen. Started programs inherit it.
    /// </summary>
    public static void IgnoreSizeSignal() => LibC.signal(LibC.SIGXFSZ, LibC.SIG_IGN);

    public static int Truncate(SafeFileHandle file, long length) => Result(LibC.ftruncate(Fd(file), length));

    /// <summary>
    /// Takes the one lock there is on a file or directory, without waiting: <c>flock(2)</c>, held until <see cref="Unlock"/>.
    /// -<see cref="SocketFlags.Again"/> (EWOULDBLOCK) when it is taken.
    /// </summary>
    public static int TryLock(SafeFileHandle handle) => Result(LibC.flock(Fd(handle), LibC.LOCK_EX | LibC.LOCK_NB));

    /// <summary>Closing the handle is not enough: a child between its fork and its exec holds the lock with us.</summary>
    public static void Unlock(SafeFileHandle handle) => LibC.flock(Fd(handle), LibC.LOCK_UN);

    /// <summary>Puts a directory's entries on the disk.</summary>
    public static int SyncDirectory(SafeFileHandle directory) => Result(LibC.fsync(Fd(directory)));

    /// <summary>Puts a file's bytes and length on the disk.</summary>
    public static int Sync(SafeFileHandle handle)
    {
        if (!OperatingSystem.IsMacOS())
        {
            return Result(LibC.fdatasync(Fd(handle)));
        }

        try
        {
            // fsync(2) of macOS leaves the drive's cache alone; the BCL asks for F_FULLFSYNC.
            RandomAccess.FlushToDisk(handle);
            return 0;
        }
        catch (IOException e)
        {
            return -Math.Max(1, e.HResult & 0xffff);
        }
    }

    public static int Remove(SafeFileHandle directory, string name) => Result(LibC.unlinkat(Fd(directory), name, 0));

    public static int Rename(SafeFileHandle directory, string from, string to) =>
        Result(LibC.renameat(Fd(directory), from, Fd(directory), to));

    /// <summary>The sentence of the C library for a negated errno.</summary>
    public static string Message(int outcome) => Marshal.GetPInvokeErrorMessage(-outcome);

    private static int OpenAt(int directory, string name, int flags, uint mode) =>
        OperatingSystem.IsMacOS() && RuntimeInformation.ProcessArchitecture == Architecture.Arm64
            ? Result(LibC.openat_arm64(directory, name, flags, 0, 0, 0, 0, 0, mode))
            : Result(LibC.openat(directory, name, flags, mode));

    private static int Wrap(int outcome, out SafeFileHandle? handle)
    {
        handle = outcome < 0 ? null : new SafeFileHandle(outcome, ownsHandle: true);
        return outcome;
    }

    private static int Result(int returned) => returned < 0 ? -Marshal.GetLastPInvokeError() : returned;

    private static int Fd(SafeFileHandle handle) => (int)handle.DangerousGetHandle();
}
