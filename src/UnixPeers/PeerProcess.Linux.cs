using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using UnixPeers.Native;

namespace UnixPeers;

/// <content>unix(7) SO_PEERPIDFD, pidfd_open(2), pidfs.</content>
public sealed partial class PeerProcess
{
    private static PeerPin PinLinux(int descriptor, int pid, uint uid, SocketOptionReader reader)
    {
        int errno = SocketOption.ReadInt(reader, descriptor, LibC.SOL_SOCKET, LibC.SO_PEERPIDFD, out int pidfd);
        switch (errno)
        {
            case 0:
                break;
            case LibC.ENOPROTOOPT:
                return new PeerPin.Unsupported();
            case LibC.EINVAL or LibC.ESRCH:
                return new PeerPin.Gone();
            default:
                return new PeerPin.Failed(errno);
        }

        // The kernel made it close-on-exec. Newer kernels pin the dead as well, so life is asked for after the fact.
        SafeFileHandle handle = new(pidfd, ownsHandle: true);
        if (PollAlive(handle))
        {
            return new PeerPin.Pinned(new PeerProcess(handle, pid, uid));
        }

        handle.Dispose();
        return new PeerPin.Gone();
    }

    // Any Unix socket tells whether the option exists: without a peer the kernel has another errno than for an option it does not know.
    private static bool ProbeLinux()
    {
        using SafeSocketHandle socket = NativeSocket.Create(nonBlocking: false);
        int errno = SocketOption.ReadInt(SocketOption.FromKernel, (int)socket.DangerousGetHandle(), LibC.SOL_SOCKET, LibC.SO_PEERPIDFD, out int pidfd);
        if (errno == 0)
        {
            new SafeFileHandle(pidfd, ownsHandle: true).Dispose();
        }

        return errno != LibC.ENOPROTOOPT;
    }

    // The one place where a pid becomes a process. Private: what makes it the right one is for the caller to show, who holds something
    // that names it (a child, a number of pidfs).
    private static PeerProcess? Open(int pid)
    {
        int descriptor = pid > 0 ? LibC.pidfd_open(pid, 0) : -1;
        if (descriptor < 0)
        {
            return null;
        }

        SafeFileHandle handle = new(descriptor, ownsHandle: true);
        if (ProcFacts.ReadEffectiveUid(pid) is { } uid && PollAlive(handle))
        {
            return new PeerProcess(handle, pid, uid);
        }

        handle.Dispose();
        return null;
    }

    /// <param name="relation">Reads the pid of the relative.</param>
    /// <param name="afterOpen">Runs between the opening and the checks that make it worth something; for tests of just that.</param>
    internal PeerProcess? PinRelative(Func<ProcStat, int> relation, Action? afterOpen)
    {
        if (ReadStat() is not { } before || Open(relation(before)) is not { } relative)
        {
            return null;
        }

        // In this order: the relative is seen alive last, so its pid meant it when this process named that pid.
        afterOpen?.Invoke();
        if (ReadStat() is { } stat && relation(stat) == relative.Pid && relative.ReadStat() is { } own && own.StartTime <= stat.StartTime)
        {
            return relative;
        }

        relative.Dispose();
        return null;
    }

    private ProcStat? ReadStat()
    {
        ProcStat? stat = IsAlive ? ProcFacts.ReadStat(Pid) : null;
        return IsAlive ? stat : null;
    }

    // poll instead of signal 0: it needs no right over the process, and a zombie already counts as exited.
    private static unsafe bool PollAlive(SafeFileHandle pidfd)
    {
        bool held = false;
        try
        {
            pidfd.DangerousAddRef(ref held);
            pollfd entry = new() { fd = (int)pidfd.DangerousGetHandle(), events = LibC.POLLIN };
            int ready;
            do
            {
                // A pending signal, such as the runtime's own, ends even a poll that does not wait.
                ready = LibC.poll(&entry, 1, 0);
            }
            while (ready < 0 && Marshal.GetLastPInvokeError() == LibC.EINTR);

            return ready == 0;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
        finally
        {
            if (held)
            {
                pidfd.DangerousRelease();
            }
        }
    }

    private ProcessIdentity ReadIdentity()
    {
        if (Inode is { } inode)
        {
            return ProcessIdentity.FromPidfd(Uid, inode);
        }

        ObservedProcess seen = Observe();
        return ProcessIdentity.FromProc(Uid, Pid, ProcFacts.BootId, seen.StartTime, seen.Executable);
    }

    /// <returns>null where pidfds are anonymous inodes, which share one number, and after disposal.</returns>
    private static unsafe ulong? PidfdInode(SafeFileHandle pidfd)
    {
        bool held = false;
        try
        {
            pidfd.DangerousAddRef(ref held);
            int descriptor = (int)pidfd.DangerousGetHandle();

            // f_type comes first in struct statfs of every architecture; 256 bytes are more than any has.
            ulong* fileSystem = stackalloc ulong[32];
            return LibC.fstatfs(descriptor, fileSystem) == 0 && *(uint*)fileSystem == LibC.PID_FS_MAGIC
                ? FileIdentity.OfDescriptor(descriptor)?.Inode
                : null;
        }
        catch (ObjectDisposedException)
        {
            return null;
        }
        finally
        {
            if (held)
            {
                pidfd.DangerousRelease();
            }
        }
    }
}
