using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using UnixPeers.Native;

namespace UnixPeers;

/// <summary>
/// Step 3 of the ritual: one running instance. A flock(2) on a file that is never unlinked, held until
/// <see cref="Dispose"/> or the process ends. Owns its descriptor, which is close-on-exec.
/// </summary>
public sealed class InstanceLock : IDisposable
{
    private const uint OwnerReadWrite = 0x180; // 0600
    private const int MaxPidBytes = 16;

    private readonly SafeFileHandle _file;

    private InstanceLock(SafeFileHandle file, string path)
    {
        _file = file;
        Path = path;
    }

    /// <summary>The file that is locked.</summary>
    public string Path { get; }

    /// <summary>Takes the lock, creating the file 0600 where it is missing, and writes our pid into it.</summary>
    /// <param name="path">An absolute path in a directory that passed <see cref="PrivateDirectory.Ensure(string, string, bool)"/>.</param>
    /// <param name="label">Names the lock in errors.</param>
    /// <exception cref="UnixSocketException">InUse with the holder's pid; Refused when it is not a regular file of ours; CannotCreate.</exception>
    public static InstanceLock Acquire(string path, string label)
    {
        var file = Open(path, label, SystemNumbers.Current.O_CREAT);
        try
        {
            var opened = CheckFile(file, path, label);
            Lock(file, path, label);
            if (FileStatus.Of(path) is not { } named || !named.IsSameFile(opened))
            {
                throw new UnixSocketException(UnixSocketFault.Refused, label, path, "the lock file was replaced while it was being locked. Find out who replaces it, then start again.");
            }

            WritePid(file);
            return new InstanceLock(file, path);
        }
        catch
        {
            Release(file);
            throw;
        }
    }

    /// <summary>
    /// Whether someone holds the lock now: false where there is no file. Takes the lock for a moment, so an
    /// <see cref="Acquire"/> at that very moment can fail; ask for display only.
    /// </summary>
    public static bool IsHeld(string path)
    {
        if (FileStatus.Of(path) is not { IsRegular: true })
        {
            return false;
        }

        var file = Open(path, "lock", create: 0);
        var isHeld = LibC.flock(Descriptor(file), SystemNumbers.LOCK_EX | SystemNumbers.LOCK_NB) != 0;
        Release(file);
        return isHeld;
    }

    /// <summary>The pid that whoever took the lock last wrote into the file: for display, and only while <see cref="IsHeld"/>.</summary>
    /// <returns>null where there is no file of ours, or no pid in it.</returns>
    public static int? PidIn(string path)
    {
        if (FileStatus.Of(path) is not { IsRegular: true })
        {
            return null;
        }

        using var file = Open(path, "lock", create: 0);
        return Pid(file);
    }

    /// <summary>Lets go of the lock; the file stays.</summary>
    public void Dispose() => Release(_file);

    // A child between fork and exec shares the lock, so closing our descriptor alone would not free it at once.
    private static void Release(SafeFileHandle file)
    {
        if (!file.IsClosed)
        {
            _ = LibC.flock(Descriptor(file), SystemNumbers.LOCK_UN);
            file.Dispose();
        }
    }

    private static SafeFileHandle Open(string path, string label, int create)
    {
        var n = SystemNumbers.Current;
        var descriptor = LibC.open(path, SystemNumbers.O_RDWR | n.O_NOFOLLOW | n.O_CLOEXEC | n.O_NONBLOCK | create, OwnerReadWrite);
        if (descriptor >= 0)
        {
            return new SafeFileHandle(descriptor, ownsHandle: true);
        }

        var errno = Marshal.GetLastPInvokeError();
        throw FileStatus.Of(path) is { IsRegular: false } other
            ? NotAFile(path, label, other)
            : UnixSocketException.FromErrno(label, path, "open the lock file", errno, "Make it a file of yours with mode 0600 in a directory of yours.");
    }

    private static FileStatus CheckFile(SafeFileHandle file, string path, string label)
    {
        if (FileStatus.Of(Descriptor(file)) is not { } status)
        {
            throw UnixSocketException.FromErrno(label, path, "look at the lock file", Marshal.GetLastPInvokeError(), "Start again.");
        }

        if (!status.IsRegular)
        {
            throw NotAFile(path, label, status);
        }

        var self = LibC.geteuid();
        if (status.Uid != self)
        {
            throw new UnixSocketException(UnixSocketFault.Refused, label, path, $"the lock file belongs to uid {status.Uid}, not to you (uid {self}). Move it away.");
        }

        if (status.Permissions != OwnerReadWrite && LibC.fchmod(Descriptor(file), OwnerReadWrite) != 0)
        {
            throw UnixSocketException.FromErrno(label, path, "set the lock file's mode", Marshal.GetLastPInvokeError(), $"Run: chmod 0600 {path}");
        }

        return status;
    }

    private static void Lock(SafeFileHandle file, string path, string label)
    {
        if (LibC.flock(Descriptor(file), SystemNumbers.LOCK_EX | SystemNumbers.LOCK_NB) == 0)
        {
            return;
        }

        var errno = Marshal.GetLastPInvokeError();
        if (errno != SystemNumbers.Current.EAGAIN)
        {
            throw UnixSocketException.FromErrno(label, path, "lock the file", errno, "Choose a file system with flock(2).");
        }

        throw new UnixSocketException(UnixSocketFault.InUse, label, path, $"already running: {Holder(file)} holds the lock. Stop it first, or use another instance.");
    }

    private static string Holder(SafeFileHandle file) =>
        Pid(file) is { } pid ? string.Create(CultureInfo.InvariantCulture, $"process {pid}") : "another process";

    private static int? Pid(SafeFileHandle file)
    {
        Span<byte> text = stackalloc byte[MaxPidBytes];
        var length = LibC.pread(Descriptor(file), text, MaxPidBytes, 0);
        return int.TryParse(text[..Math.Max(0, (int)length)].TrimEnd((byte)'\n'), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : null;
    }

    // The pid is only for display, so a full disk does not keep us from starting.
    private static void WritePid(SafeFileHandle file)
    {
        var text = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n"));
        _ = LibC.ftruncate(Descriptor(file), 0);
        _ = LibC.pwrite(Descriptor(file), text, (nuint)text.Length, 0);
    }

    private static UnixSocketException NotAFile(string path, string label, FileStatus status) =>
        new(UnixSocketFault.Refused, label, path, $"the lock is {status.Kind}, not a regular file. Move it away.");

    private static int Descriptor(SafeFileHandle file) => (int)file.DangerousGetHandle();
}
