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
        if (PidfdInode() is { } inode)
        {
            return ProcessIdentity.FromPidfd(Uid, inode);
        }

        ObservedProcess seen = Observe();
        return ProcessIdentity.FromProc(Uid, Pid, ProcFacts.BootId, seen.StartTime, seen.Executable);
    }

    /// <returns>null where pidfds are anonymous inodes, which share one number, and after disposal.</returns>
    private unsafe ulong? PidfdInode()
    {
        bool held = false;
        try
        {
            _pidfd.DangerousAddRef(ref held);
            int descriptor = (int)_pidfd.DangerousGetHandle();

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
                _pidfd.DangerousRelease();
            }
        }
    }
}
